// Holds which language files on a server are taken for.
import { expect, test } from "vitest";
import { languageOf } from "./languageOf";

test.each([
  ["/etc/nginx/nginx.conf", "", "nginx"],
  ["/etc/nginx/sites-available/default", "", "nginx"],
  ["/etc/systemd/system/web.service", "[Unit]", "systemd"],
  ["/etc/systemd/journald.conf", "", "systemd"],
  ["/home/a/docker-compose.yml", "", "yaml"],
  ["/srv/app/Dockerfile", "", "dockerfile"],
  ["/srv/app/Dockerfile.prod", "", "dockerfile"],
  ["/usr/local/bin/backup", "#!/usr/bin/env -S bash -e", "shell"],
  ["/usr/local/bin/report", "#!/usr/bin/python3", "python"],
  ["/root/.bashrc", "", "shell"],
  ["/etc/php/8.3/fpm/php.ini", "", "ini"],
  ["/srv/app/config.toml.bak", "", "toml"],
  ["/srv/app/.env.production", "", "properties"],
  ["/srv/data", "<?xml version='1.0'?>", "xml"],
  ["/tmp/changes", "diff --git a/x b/x", "diff"],
  ["/etc/hosts", "127.0.0.1 localhost", "plain"],
  ["/srv/constructor", "", "plain"],
])("%s is %s", (path, line, expected) => {
  expect(languageOf(path, line)).toBe(expected);
});
