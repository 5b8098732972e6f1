//! The hypervisor's name, in the words of `systemd-detect-virt(1)`, from what the kernel shows in
//! `/sys`.

/// From the names that the firmware (DMI) gives to product and vendor. The table is systemd's
/// (`src/basic/virt.c`), by how the name begins.
pub(super) fn from_firmware(product: &str, vendor: &str) -> Option<&'static str> {
    const BEGINNINGS: &[(&str, &str)] = &[
        ("KVM", "kvm"),
        ("OpenStack", "kvm"),
        ("KubeVirt", "kvm"),
        ("Amazon EC2", "amazon"),
        ("QEMU", "qemu"),
        ("VMware", "vmware"),
        ("VMW", "vmware"),
        ("innotek GmbH", "oracle"),
        ("VirtualBox", "oracle"),
        ("Oracle Corporation", "oracle"),
        ("Xen", "xen"),
        ("Bochs", "bochs"),
        ("Parallels", "parallels"),
        ("BHYVE", "bhyve"),
        ("Hyper-V", "microsoft"),
        ("Apple Virtualization", "apple"),
        ("Google Compute Engine", "google"),
    ];
    // An Azure or Hyper-V guest has a vendor that real machines have too.
    if vendor.trim() == "Microsoft Corporation" && product.trim() == "Virtual Machine" {
        return Some("microsoft");
    }
    [product, vendor].into_iter().find_map(|name| {
        let matching = BEGINNINGS
            .iter()
            .find(|(beginning, _)| name.trim().starts_with(beginning))?;
        Some(matching.1)
    })
}

/// From the clocks the kernel has: each hypervisor's guests are offered its own.
pub(super) fn from_clocks(available: &str) -> Option<&'static str> {
    available
        .split_ascii_whitespace()
        .find_map(|clock| match clock {
            "kvm-clock" => Some("kvm"),
            "xen" => Some("xen"),
            clock if clock.starts_with("hyperv_clocksource") => Some("microsoft"),
            _ => None,
        })
}

/// Both together. As with systemd, a clock that shows KVM tells more than firmware that says
/// QEMU, and firmware that names a cloud or product tells more than the clock.
pub(super) fn name(product: &str, vendor: &str, clocks: &str) -> Option<&'static str> {
    match (from_firmware(product, vendor), from_clocks(clocks)) {
        (None | Some("qemu"), Some(clock)) => Some(clock),
        (firmware, _) => firmware,
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn firmware_and_clocks_together() {
        let pc = "Standard PC (Q35 + ICH9, 2009)";
        assert_eq!(name(pc, "QEMU\n", "kvm-clock tsc acpi_pm \n"), Some("kvm"));
        assert_eq!(name(pc, "QEMU\n", "tsc hpet acpi_pm \n"), Some("qemu"));
        assert_eq!(name("", "", "kvm-clock tsc \n"), Some("kvm"));
        assert_eq!(
            name("t3.micro", "Amazon EC2", "kvm-clock tsc"),
            Some("amazon")
        );
        assert_eq!(name("HVM domU", "Xen", "xen tsc"), Some("xen"));
        let azure = name("Virtual Machine", "Microsoft Corporation", "tsc");
        assert_eq!(azure, Some("microsoft"));
        assert_eq!(name("Surface Pro", "Microsoft Corporation", "tsc"), None);
        assert_eq!(name("PowerEdge R640", "Dell Inc.", "tsc hpet"), None);
    }
}
