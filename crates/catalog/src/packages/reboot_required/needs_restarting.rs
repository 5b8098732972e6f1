//! `needs-restarting -r` of dnf, yum and zypper, and `zypper needs-rebooting`. It ends with 1 or 102
//! where a restart is due; 1 alone could be anything, so its words count. As a user dnf would make a
//! folder of its own, so it is asked as root alone.

use super::RebootState;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    packages::dnf::is_noise,
};

/// ZYPPER_EXIT_INF_REBOOT_NEEDED.
const REBOOT_NEEDED: i32 = 102;

pub(super) const VARIANT: Variant<NoArgs, RebootState> = Variant {
    name: "needs_restarting",
    needs: Needs::programs(&["needs-restarting"]).as_root(),
    source: |_| Source::Command(Command::new("needs-restarting").word("-r")),
    reads: &[
        "needs-restarting -r|--reboothint",
        "dnf|yum|dnf5 needs-restarting",
        "zypper needs-rebooting",
    ],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<RebootState>, ParseError> {
    let complaint = raw.error_text();
    if complaint.to_lowercase().contains("no such command") {
        return Err(ParseError::Absent(complaint.trim().to_owned()));
    }
    raw.expect_exit(&[0, 1, REBOOT_NEEDED])?;
    let mut is_told = false;
    let mut parsed = raw.read_lines(RebootState::default(), |state, line| {
        if let Some(package) = line.trim_start().strip_prefix("* ") {
            state.packages.push(package.trim().to_owned());
            state.required = Some(true);
            return Some(());
        }
        let begins = |all: &[&str]| all.iter().any(|it| line.starts_with(it));
        if begins(DUE) {
            (state.required, is_told) = (Some(true), true);
        } else if begins(NOT_DUE) {
            (state.required, is_told) = (Some(false), true);
        }
        // Sentences around it, in any language.
        (!line.contains('|') && !is_row(line) || is_noise(line)).then_some(())
    });
    if raw.exit_code == Some(REBOOT_NEEDED) && !is_told {
        parsed.value.required = Some(true);
    }
    if parsed.value.required.is_none() {
        let no_word = || ParseError::shape("no word on a restart that is known");
        return Err(raw.complaint().unwrap_or_else(no_word));
    }
    Ok(parsed)
}

/// A restart is due, in the languages of dnf and zypper.
const DUE: &[&str] = &[
    "Reboot is required",
    "Reboot is suggested",
    "En omstart behövs för att helt utnyttja dessa uppdateringar.",
    "Uudelleenkäynnistys vaaditaan näiden päivitysten hyödyntämiseksi.",
    "Wymagane jest ponowne uruchomienie, aby w pełni je wykorzystać.",
    "Újraindítás szükséges ezen frissítések életbe lépéséhez.",
    "Требуется перезагрузка для полного использования этих обновлений.",
    "これらのアップデートを完全に活用するには、再起動が必要です。",
    "需要重新启动后才可以使这些更新完全生效。",
    "需要重新啟動，才可以完全套用這些更新。",
    "재시작은 이들 최신화를 완전히 사용하려면 필요합니다.",
];

/// It is not.
const NOT_DUE: &[&str] = &[
    "Reboot should not be necessary",
    "Reboot is probably not necessary",
    "A reinicialização provavelmente não é necessária.",
    "Det burde ikke være nødvendigt at genstarte.",
    "Det er sikkert ikke nødvendigt at genstarte.",
    "Ein Neustart ist wahrscheinlich nicht notwendig.",
    "Ein Neustart sollte nicht erforderlich sein.",
    "En omstart skall inte behövas.",
    "Es probable que no sea necesario reiniciar.",
    "Greičiausiai nebūtina paleisti iš naujo.",
    "Herstarten is waarschijnlijk niet nodig.",
    "Il riavvio probabilmente non è necessario.",
    "Nol varès di coventâ tornâ a inviâ il sisteme.",
    "Nyala ulang mungkin tidak diperlukan.",
    "Não será necessário reiniciar.",
    "Omstart behövs troligtvis inte.",
    "Opnieuw opstarten is waarschijnlijk niet nodig.",
    "Opnieuw opstarten zou niet nodig moeten zijn.",
    "Ponovni zagon verjetno ni potreben.",
    "Ponowne uruchomienie nie powinno być konieczne.",
    "Ponowne uruchomienie prawdopodobnie nie jest konieczne.",
    "Probablement no és necessari reiniciar.",
    "Reštart pravdepodobne nie je potrebný.",
    "Um reinicio não é em principio necessário.",
    "Un nouveau démarrage ne devrait pas être utile.",
    "Un redémarrage n'est probablement pas nécessaire.",
    "Uudelleenkäynnistyksen ei pitäisi olla tarpeen.",
    "Uudelleenkäynnistys ei liene tarpeen.",
    "Valószínűleg nincs szükség újraindításra.",
    "Yeniden başlatma muhtemelen gerekli değil.",
    "Yeniden başlatmaya gerek yok.",
    "Újraindítás nem szükséges.",
    "Вероятно, перезагрузка не нужна.",
    "Перезавантаження, скоріш за все, не потрібне.",
    "Перезагрузка не должна потребоваться.",
    "У перезавантаженні немає потреби.",
    "إعادة التشغيل غير ضرورية غالبًا.",
    "不需要重新启动。",
    "再起動な必要ありません。",
    "再起動はおそらく不要です。",
    "可能不需要重開機。",
    "應不需要重新啟動。",
    "或许无需重启。",
    "재부팅이 필요하지 않은 것 같습니다.",
    "재시작은 필요하지 않을 수 있습니다.",
];

/// `pid : command`, of a call without `-r`.
fn is_row(line: &str) -> bool {
    let (pid, _) = line.split_once(" : ").unwrap_or_default();
    !pid.is_empty() && pid.trim().bytes().all(|byte| byte.is_ascii_digit())
}
