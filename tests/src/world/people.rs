//! The sample people, as the profile publishes them.

/// Who acts. The numbers and passwords are those of `profiles/thuy-nguyen/samples.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// Nguyễn Văn Mẫu, who lives in Tân Dương.
    Citizen,
    /// Phạm Thị Mẫu, who lives in Hoa Động.
    SecondCitizen,
    /// Vũ Thị Mẫu, who takes reports in.
    Intake,
    /// Hoàng Văn Thử, who handles reports in Tân Dương.
    Handler,
    /// Lê Văn Ví Dụ, who approves answers in Tân Dương.
    Approver,
    /// Đặng Văn Mẫu, who looks after the accounts of the district.
    Administrator,
    /// Lương Thị Mẫu, who has no account until she registers.
    Newcomer,
}

impl Who {
    /// The citizen-ID number.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::Citizen => "031090000001",
            Self::SecondCitizen => "031192000002",
            Self::Intake => "031185000003",
            Self::Handler => "031088000004",
            Self::Approver => "031075000005",
            Self::Administrator => "031083000006",
            Self::Newcomer => "031192000017",
        }
    }

    /// The password, the same for all of them.
    #[must_use]
    pub fn password(self) -> &'static str {
        "mau12345"
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Citizen => "Nguyễn Văn Mẫu",
            Self::SecondCitizen => "Phạm Thị Mẫu",
            Self::Intake => "Vũ Thị Mẫu",
            Self::Handler => "Hoàng Văn Thử",
            Self::Approver => "Lê Văn Ví Dụ",
            Self::Administrator => "Đặng Văn Mẫu",
            Self::Newcomer => "Lương Thị Mẫu",
        }
    }
}
