//! `zypper(8)` of SUSE, as XML, from the cache it has. It takes its lock while it reads.

use super::{PackageUpdate, UpgradableList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::zypper::{self, Table},
    xml,
};

const WORDS: &[&str] = &[
    "--no-refresh",
    "--non-interactive",
    "--xmlout",
    "list-updates",
];

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]),
    source: |_| Source::Command(Command::new("zypper").words(WORDS)),
    reads: &["zypper lu|list-updates"],
    parse,
};

/// `No updates found.` in the languages of zypper.
const NOTHING: &[&str] = &[
    "Atnaujinimų nerasta.",
    "Aucune mise à jour trouvée.",
    "Det gick inte att hitta några uppdateringar.",
    "Ei päivitettävää.",
    "Fann ikkje nokon oppdateringar.",
    "Geen items voor bijwerken gevonden.",
    "Güncelleme bulunamadı.",
    "Ingen opdateringer fundet.",
    "Ingen oppdateringer ble funnet.",
    "Ingen pakkeoppdateringer ble funnet.",
    "Keine Aktualisierungen gefunden.",
    "Najdena ni bila nobena posodobitev.",
    "Neboli nájdené žiadne aktualizácie.",
    "Nebyly nalezeny žádné aktualizace.",
    "Nem találhatók frissítések.",
    "Nenhuma actualização encontrada.",
    "Nenhuma atualização encontrada.",
    "Nessun aggiornamento trovato.",
    "Nie znaleziono aktualizacji.",
    "Niti jedna zakrpa nije pronađena.",
    "No s'ha trobat cap actualització.",
    "No se ha encontrado ninguna actualización.",
    "No updates found.",
    "Non se atoparon actualizacións.",
    "Nu au fost găsite actualizări.",
    "Nun s'alcontraron anovamientos.",
    "Tidak ada pemutakhiran yang ditemukan.",
    "Ühtki uuendust ei leitud.",
    "Δε βρέθηκαν ενημερώσεις.",
    "Не знайдено оновлень.",
    "Не найдено обновлений.",
    "لم يتم العثور على أية تحديثات.",
    "अद्यतन पता नहीं",
    "ਕੋਈ ਅੱਪਡੇਟ ਨਹੀਂ ਲੱਭਿਆ।",
    "ไม่พบรายการปรับรุ่นใด ๆ",
    "រក\u{200b}មិន\u{200b}ឃើញ\u{200b}បច្ចុប្បន្នភាព ។",
    "更新が見つかりません。",
    "未找到更新。",
    "沒有發現更新。",
    "업데이트가 없습니다.",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UpgradableList>, ParseError> {
    zypper::expect_unlocked(&raw)?;
    raw.expect_exit(&[0])?;
    let text = raw.text();
    if zypper::is_xml(&text)? {
        return Ok(of_xml(&text));
    }
    let mut table = Table::default();
    let mut is_nothing = false;
    let parsed = raw.read_lines(UpgradableList::default(), |list, line| {
        is_nothing |= NOTHING.contains(&line.trim());
        if is_nothing {
            return Some(());
        }
        let Some(cells) = table.row(line)? else {
            return Some(());
        };
        let [state, _, name, installed, candidate, architecture] = cells.as_slice() else {
            return None;
        };
        // Of the six columns of another table the first holds other states.
        if !matches!(*state, "v" | "vl") {
            return None;
        }
        list.packages.push(PackageUpdate {
            name: (*name).to_owned(),
            installed_version: Some((*installed).to_owned()).filter(|it| !it.is_empty()),
            candidate_version: (*candidate).to_owned(),
            architecture: Some((*architecture).to_owned()),
            security: None,
        });
        Some(())
    });
    if parsed.value.packages.is_empty() && !is_nothing {
        let no_table = || ParseError::shape("zypper listed no updates");
        return Err(raw.complaint().unwrap_or_else(no_table));
    }
    Ok(parsed)
}

fn of_xml(text: &str) -> Parsed<UpgradableList> {
    // A patch has a number in place of a version.
    let packages = xml::tags(text, "update").filter_map(|tag| {
        let is_package = tag.attribute("kind").is_none_or(|kind| kind == "package");
        Some(PackageUpdate {
            name: tag.attribute("name").filter(|_| is_package)?,
            installed_version: tag.attribute("edition-old"),
            candidate_version: tag.attribute("edition")?,
            architecture: tag.attribute("arch"),
            security: None,
        })
    });
    Parsed::whole(UpgradableList {
        packages: packages.collect(),
    })
}
