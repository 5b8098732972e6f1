# shellcheck shell=bash
# Runs inside the root of hostile: deb12 with every name, text and list in the
# hands of an attacker, and each list enormous. The strings are those of
# hostile/strings.json. Invariant: boots and lets users in as deb12 does.

PYTHONDONTWRITEBYTECODE=1 python3 /usr/local/lib/lab/build.py
visudo -c
