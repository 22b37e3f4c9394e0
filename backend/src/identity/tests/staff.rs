//! Staff: accounts that administrators make, the duties of a first sign-in, the second factor, and
//! sessions that end by themselves.

use citizen_contract::audit::AuditAct;
use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::registration::{Challenge, ChallengeKind, FinishSignIn};
use citizen_contract::session::{Role, RoleInUnit};
use citizen_contract::staff::*;
use citizen_contract::time::UtcMillis;
use totp_rs::{Builder, Secret};

use super::super::staff::{self as desk, ChangePasswordError, FactorError, StaffError};
use super::*;
use crate::auth::Reader;
use crate::verify;

const HUYEN: &str = "ud4432d32a6b7";
const TAN_DUONG: &str = "u67e91d3e0212";
const HOA_DONG: &str = "u5352206222f7";
const CHIEF: &str = "031075000011";
const NEW_NUMBER: &str = "031188000012";
const OWN: &str = "bốn con trâu trắng";

fn role(role: Role, unit: &str) -> RoleInUnit {
    RoleInUnit { role, unit_id: UnitId(unit.into()) }
}

fn code(secret: &str, at: UtcMillis) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    totp.generate(u64::try_from(at.0 / 1000).unwrap()).to_string()
}

fn add(number: &str, name: &str, roles: Vec<RoleInUnit>) -> AddStaff {
    AddStaff { citizen_id: number.into(), full_name: name.into(), job_title: String::new(), roles }
}

impl Office {
    /// An administrator of a unit, as an operator makes one.
    async fn administrator(&self, number: &str, unit: &str) -> Reader {
        let roles = vec![role(Role::Administrator, unit)];
        let new = AddAccount {
            number: CitizenId::parse(number).unwrap(),
            password: OWN.into(),
            display_name: "Đặng Văn Mẫu".into(),
            job_title: String::new(),
            home_unit: None,
            roles: roles.clone(),
            origin: PasswordOrigin::Own,
        };
        let account = add_account(&self.identity, new).await.unwrap();
        Reader { account, roles, child: false }
    }

    async fn door(&self, number: &str, password: &str, token: Option<&str>) -> Result<SignedIn, SignInError> {
        let input = SignIn {
            citizen_id: number.into(),
            password: password.into(),
            device_name: "Máy cơ quan".into(),
            device_token: token.map(str::to_owned),
        };
        sign_in(&self.identity, &input, Origin::HERE).await
    }

    async fn asked(&self, number: &str, password: &str, token: Option<&str>) -> Challenge {
        match self.door(number, password, token).await.unwrap() {
            SignedIn::Factor(challenge) => challenge,
            other => panic!("{other:?}"),
        }
    }

    async fn shows(
        &self,
        challenge: &Challenge,
        code: &str,
        recovery: bool,
    ) -> Result<SessionGrant, CodeRefused> {
        let kind = recovery.then_some(ChallengeKind::Recovery);
        let input = FinishSignIn { code: code.into(), kind };
        finish_sign_in(&self.identity, challenge.id, &input, Origin::HERE).await
    }

    fn code(&self, secret: &str) -> String {
        code(secret, self.identity.backend.clock.now())
    }

    /// A new official of Tân Dương at their first sign-in.
    async fn newcomer(&self, by: &Reader) -> (String, SessionGrant) {
        let roles = vec![role(Role::Handler, TAN_DUONG)];
        let added = desk::add(&self.identity, by, &add(NEW_NUMBER, "Hoàng Thị Thử", roles)).await.unwrap();
        let given = added.password.unwrap();
        let grant = self.sign_in(NEW_NUMBER, &given).await.unwrap();
        (given, grant)
    }

    async fn changes(
        &self,
        grant: &SessionGrant,
        old: &str,
        new: &str,
    ) -> Result<DutyLeft, ChangePasswordError> {
        let input = ChangePassword { current: old.into(), new: new.into() };
        let account = grant.account.id;
        desk::change_password(&self.identity, account, &grant.access_token, &input, Origin::HERE).await
    }

    /// A member of staff with everything set up: the secret, the recovery codes, and the session.
    async fn enrolled(&self, by: &Reader) -> (FactorBegun, SessionGrant) {
        let (given, grant) = self.newcomer(by).await;
        self.changes(&grant, &given, OWN).await.unwrap();
        let begun = desk::begin_factor(&self.identity, grant.account.id).await.unwrap();
        let confirm = ConfirmFactor { code: self.code(&begun.secret) };
        let left = desk::confirm_factor(&self.identity, grant.account.id, None, &confirm).await.unwrap();
        assert_eq!(left.duty, None);
        self.clock.advance_s(60);
        (begun, grant)
    }

    async fn duty(&self, grant: &SessionGrant) -> Option<Duty> {
        recognise(&self.identity, &grant.access_token).await.unwrap().unwrap().account.duty
    }

    async fn acts(&self, by: &Reader, on: AccountId, act: StaffAct) -> Result<StaffActed, StaffError> {
        desk::act(&self.identity, by, on, act).await
    }

    async fn log(&self, by: &Reader) -> Vec<AuditAct> {
        let page =
            desk::audit_page(&self.identity, by, AuditRequest { before: None, person: None, act: None });
        page.await.unwrap().entries.into_iter().map(|entry| entry.act).collect()
    }
}

#[tokio::test]
async fn a_given_password_is_changed_and_a_factor_set_up_before_anything_else() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let (given, grant) = office.newcomer(&chief).await;
        assert_eq!(grant.account.duty, Some(Duty::ChangePassword));
        let account = grant.account.id;
        let early = desk::begin_factor(&office.identity, account).await;
        assert_eq!(early, Err(FactorError::NotNow), "the password comes first");
        for weak in ["ngắn quá", "toi la ThiThu day nhe", "mat khau 123456789", given.as_str()] {
            assert_eq!(office.changes(&grant, &given, weak).await, Err(ChangePasswordError::Weak), "{weak}");
        }
        assert_eq!(office.changes(&grant, "sai", OWN).await, Err(OwnPasswordError::Wrong.into()));
        let left = office.changes(&grant, &given, OWN).await.unwrap();
        assert_eq!(left.duty, Some(Duty::EnrolFactor));
        assert_eq!(office.sign_in(NEW_NUMBER, &given).await, Err(SignInError::Wrong));
        let begun = desk::begin_factor(&office.identity, account).await.unwrap();
        assert!(begun.uri.starts_with("otpauth://totp/") && begun.recovery_codes.len() == 10);
        let wrong = ConfirmFactor { code: "000000".into() };
        let refused = desk::confirm_factor(&office.identity, account, None, &wrong).await;
        assert!(matches!(refused, Err(FactorError::Code(CodeRefused::Wrong { .. }))));
        assert_eq!(office.duty(&grant).await, Some(Duty::EnrolFactor));
        let right = ConfirmFactor { code: office.code(&begun.secret) };
        for _ in 0..2 {
            // Where the first answer was lost, the second one says the same.
            let left = desk::confirm_factor(&office.identity, account, None, &right).await.unwrap();
            assert_eq!(left.duty, None);
        }
        assert_eq!(office.duty(&grant).await, None);
        use AuditAct as A;
        assert_eq!(
            office.log(&chief).await,
            [A::FactorEnrolled, A::SignInFailed, A::PasswordChanged, A::SignedIn, A::AccountAdded]
        );
    }
}

#[tokio::test]
async fn a_code_serves_once_a_step_early_or_late_and_tries_are_limited() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let (begun, _) = office.enrolled(&chief).await;
        let asked = office.asked(NEW_NUMBER, OWN, None).await;
        assert_eq!((asked.kind, asked.phone_hint.as_str()), (ChallengeKind::Authenticator, ""));
        let now = office.identity.backend.clock.now();
        let two_late = code(&begun.secret, now.plus_millis(-60_000));
        assert!(matches!(
            office.shows(&asked, &two_late, false).await,
            Err(CodeRefused::Wrong { tries_left: 4 })
        ));
        let one_early = code(&begun.secret, now.plus_millis(30_000));
        let first = office.shows(&asked, &one_early, false).await.unwrap();
        // The answer was lost: the same again gets in on the same device.
        assert_eq!(office.shows(&asked, &one_early, false).await.unwrap().device_id, first.device_id);
        let again = office.asked(NEW_NUMBER, OWN, None).await;
        for old in [one_early, office.code(&begun.secret)] {
            let refused = office.shows(&again, &old, false).await;
            assert!(matches!(refused, Err(CodeRefused::Wrong { .. })), "a code seen once serves no more");
        }
        for _ in 0..3 {
            let _ = office.shows(&again, "000000", false).await;
        }
        office.clock.advance_s(90);
        let right = office.code(&begun.secret);
        assert_eq!(office.shows(&again, &right, false).await, Err(CodeRefused::Over), "five tries");
        assert_eq!(office.shows(&asked, "12345", false).await, Err(CodeRefused::Malformed));
    }
}

#[tokio::test]
async fn a_known_device_is_asked_again_after_half_a_day() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let (begun, _) = office.enrolled(&chief).await;
        let asked = office.asked(NEW_NUMBER, OWN, None).await;
        let grant = office.shows(&asked, &office.code(&begun.secret), false).await.unwrap();
        let token = grant.device_token.as_deref();
        office.clock.advance_s(11 * 3600);
        assert!(matches!(office.door(NEW_NUMBER, OWN, token).await, Ok(SignedIn::Granted(_))));
        office.clock.advance_s(2 * 3600);
        let asked = office.asked(NEW_NUMBER, OWN, token).await;
        let again = office.shows(&asked, &office.code(&begun.secret), false).await.unwrap();
        assert_eq!(again.device_id, grant.device_id, "it is the same device still");
    }
}

#[tokio::test]
async fn a_recovery_code_opens_once() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let (begun, _) = office.enrolled(&chief).await;
        let recovery = begun.recovery_codes[3].to_uppercase().replace('-', " ");
        let asked = office.asked(NEW_NUMBER, OWN, None).await;
        office.shows(&asked, &recovery, true).await.unwrap();
        let asked = office.asked(NEW_NUMBER, OWN, None).await;
        assert!(matches!(office.shows(&asked, &recovery, true).await, Err(CodeRefused::Wrong { .. })));
        office.shows(&asked, &begun.recovery_codes[4], true).await.unwrap();
        assert_eq!(office.log(&chief).await.iter().filter(|act| **act == AuditAct::RecoveryUsed).count(), 2);
    }
}

#[tokio::test]
async fn another_administrator_takes_a_lost_factor_away() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let (_, grant) = office.enrolled(&chief).await;
        assert_eq!(
            office.acts(&chief, chief.account, StaffAct::ResetFactor).await,
            Err(StaffError::NotOneself)
        );
        office.acts(&chief, grant.account.id, StaffAct::ResetFactor).await.unwrap();
        assert!(!office.knows(&grant.access_token).await);
        let anew = office.sign_in(NEW_NUMBER, OWN).await.unwrap();
        assert_eq!(anew.account.duty, Some(Duty::EnrolFactor));
    }
}

#[tokio::test]
async fn a_locked_account_is_out_until_it_is_unlocked() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let (given, grant) = office.newcomer(&chief).await;
        for _ in 0..4 {
            assert_eq!(office.sign_in(NEW_NUMBER, "sai").await, Err(SignInError::Wrong));
        }
        let request = StaffRequest { words: "hoang".into(), unit_id: None, skip: 0 };
        let page = desk::list(&office.identity, &chief, request).await.unwrap();
        assert_eq!((page.total, page.rows[0].failed_tries, page.rows[0].locked), (1, 4, false));
        office.acts(&chief, grant.account.id, StaffAct::Lock).await.unwrap();
        assert!(!office.knows(&grant.access_token).await);
        assert_eq!(office.refresh(&grant.refresh_token).await, Err(RefreshError::Over));
        assert_eq!(office.sign_in(NEW_NUMBER, &given).await, Err(SignInError::Locked));
        assert_eq!(
            office.sign_in(NEW_NUMBER, "sai").await,
            Err(SignInError::Wrong),
            "it says so to nobody else"
        );
        office.acts(&chief, grant.account.id, StaffAct::Unlock).await.unwrap();
        let back = office.sign_in(NEW_NUMBER, &given).await.unwrap();
        let reset = office.acts(&chief, back.account.id, StaffAct::ResetPassword).await.unwrap();
        assert!(!office.knows(&back.access_token).await);
        let anew = office.sign_in(NEW_NUMBER, &reset.password.unwrap()).await.unwrap();
        assert_eq!(anew.account.duty, Some(Duty::ChangePassword));
    }
}

#[tokio::test]
async fn an_administrator_reaches_the_own_unit_and_its_parts_and_nothing_beside() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let beside = office.administrator("031075000013", HOA_DONG).await;
        let (_, grant) = office.newcomer(&chief).await;
        let missing = AccountId::from_parts(UtcMillis(0), [9; 10]);
        let citizen = office.sign_in(NUMBER, PASSWORD).await.unwrap().account.id;
        let set = StaffAct::SetRoles { roles: vec![role(Role::Approver, HOA_DONG)] };
        for act in [StaffAct::Lock, StaffAct::ResetPassword, StaffAct::ResetFactor, set] {
            let theirs = office.acts(&beside, grant.account.id, act.clone()).await;
            assert_eq!(theirs, Err(StaffError::NotFound));
            assert_eq!(theirs, office.acts(&beside, missing, act.clone()).await);
            assert_eq!(theirs, office.acts(&beside, citizen, act).await, "nor citizens");
        }
        for above in [HUYEN, TAN_DUONG, "u000000000000"] {
            let input = add("031188000019", "Bùi Văn Mẫu", vec![role(Role::Handler, above)]);
            assert_eq!(desk::add(&office.identity, &beside, &input).await, Err(StaffError::UnknownUnit));
        }
        let all = StaffRequest { words: String::new(), unit_id: None, skip: 0 };
        let seen = desk::list(&office.identity, &beside, all.clone()).await.unwrap();
        assert_eq!(seen.rows.iter().map(|row| row.account_id).collect::<Vec<_>>(), [beside.account]);
        assert_eq!(office.log(&beside).await, []);
        let official = Reader { roles: vec![role(Role::Handler, TAN_DUONG)], ..chief.clone() };
        assert_eq!(desk::list(&office.identity, &official, all).await, Err(StaffError::Forbidden));
        // A role elsewhere keeps whoever looks after only a part from locking the whole.
        let both = vec![role(Role::Handler, TAN_DUONG), role(Role::Handler, HOA_DONG)];
        office.acts(&chief, grant.account.id, StaffAct::SetRoles { roles: both }).await.unwrap();
        assert_eq!(office.acts(&beside, grant.account.id, StaffAct::Lock).await, Err(StaffError::NotWhole));
        let none = StaffAct::SetRoles { roles: Vec::new() };
        office.acts(&beside, grant.account.id, none).await.unwrap();
        let seen = recognise(&office.identity, &grant.access_token).await.unwrap().unwrap();
        assert_eq!(seen.account.roles, [role(Role::Handler, TAN_DUONG)]);
    }
}

#[tokio::test]
async fn nobody_makes_themselves_more_and_the_last_administrator_stays() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let more = StaffAct::SetRoles { roles: vec![role(Role::Approver, TAN_DUONG)] };
        assert_eq!(office.acts(&chief, chief.account, more.clone()).await, Err(StaffError::NotOneself));
        let own = add(CHIEF, "Đặng Văn Mẫu", vec![role(Role::Approver, TAN_DUONG)]);
        assert_eq!(desk::add(&office.identity, &chief, &own).await, Err(StaffError::NotOneself));
        let second = office.administrator("031075000014", HUYEN).await;
        office.acts(&chief, second.account, StaffAct::Lock).await.unwrap();
        for act in [StaffAct::Lock, more.clone()] {
            // The other one is locked, and asks with a session of a moment ago.
            assert_eq!(office.acts(&second, chief.account, act).await, Err(StaffError::LastAdministrator));
        }
        office.acts(&chief, second.account, StaffAct::Unlock).await.unwrap();
        office.acts(&second, chief.account, more).await.unwrap();
    }
}

#[tokio::test]
async fn whoever_has_an_account_keeps_it_and_its_password() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let roles = vec![role(Role::TeamMember, TAN_DUONG)];
        let other = add(NUMBER, "Nguyễn Thị Khác", roles.clone());
        assert_eq!(desk::add(&office.identity, &chief, &other).await, Err(StaffError::NameDiffers));
        let added = desk::add(&office.identity, &chief, &add(NUMBER, "NGUYỄN VĂN MẪU", roles)).await.unwrap();
        assert_eq!(added.password, None);
        let grant = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        assert_eq!((grant.account.id, grant.account.duty), (added.account_id, Some(Duty::EnrolFactor)));
    }
}

#[tokio::test]
async fn a_session_of_staff_ends_without_an_act_and_at_the_end_of_the_day() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let (begun, _) = office.enrolled(&chief).await;
        let asked = office.asked(NEW_NUMBER, OWN, None).await;
        let mut grant = office.shows(&asked, &office.code(&begun.secret), false).await.unwrap();
        for _ in 0..3 {
            office.clock.advance_s(14 * 60);
            desk::active(&office.identity, &grant.access_token).await.unwrap();
            grant = office.refresh(&grant.refresh_token).await.unwrap();
        }
        for _ in 0..2 {
            // The app goes on refreshing by itself, which is no act of a person.
            office.clock.advance_s(14 * 60);
            grant = office.refresh(&grant.refresh_token).await.unwrap();
        }
        office.clock.advance_s(3 * 60);
        assert!(!office.knows(&grant.access_token).await);
        assert_eq!(office.refresh(&grant.refresh_token).await, Err(RefreshError::Over));
        let SignedIn::Granted(again) =
            office.door(NEW_NUMBER, OWN, asked_token(&office, &begun).await.as_deref()).await.unwrap()
        else {
            panic!("it showed its factor a moment ago")
        };
        let mut grant = *again;
        for _ in 0..(12 * 60 / 14) {
            office.clock.advance_s(14 * 60);
            desk::active(&office.identity, &grant.access_token).await.unwrap();
            grant = office.refresh(&grant.refresh_token).await.unwrap();
        }
        office.clock.advance_s(14 * 60);
        assert_eq!(office.refresh(&grant.refresh_token).await, Err(RefreshError::Over), "twelve hours");
        let citizen = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        office.clock.advance_s(24 * 3600);
        assert!(office.refresh(&citizen.refresh_token).await.is_ok(), "others stay signed in");
    }
}

/// The token of a device that has just shown the factor.
async fn asked_token(office: &Office, begun: &FactorBegun) -> Option<String> {
    let asked = office.asked(NEW_NUMBER, OWN, None).await;
    office.shows(&asked, &office.code(&begun.secret), false).await.unwrap().device_token
}

#[tokio::test]
async fn a_list_is_looked_at_first_and_imported_without_what_is_wrong() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let chief = office.administrator(CHIEF, HUYEN).await;
        let text = "\u{feff}Số định danh;Họ và tên;Chức danh;Vai trò;Đơn vị\r\n\
             31188000021;Bùi Thị Mẫu;=HYPERLINK(1);Xử lý;Xã Tân Dương\r\n\
             031075000022;Vũ Văn Ví Dụ;Phó Chủ tịch;Người duyệt|Xử lý;u67e91d3e0212\r\n\
             031075000022;Vũ Văn Ví Dụ;;Xử lý;Xã Tân Dương\r\n\
             12345;;;Vua;Hà Nội\r\n\
             031090000001;Nguyễn Văn Mẫu;;Tiếp nhận;TN-VP\r\n\
             031090000001;Ai Đó;thừa;Tiếp nhận;TN-VP;nữa\r\n";
        let ask = |preview| ImportStaff { text: text.into(), preview };
        let seen = desk::import(&office.identity, &chief, ask(true)).await.unwrap();
        use ImportProblem as P;
        let problems: Vec<_> = seen.rows.iter().map(|row| (row.line, row.problems.clone())).collect();
        assert_eq!(
            problems,
            [
                (2, vec![]),
                (3, vec![]),
                (4, vec![P::Twice]),
                (5, vec![P::Number, P::Name, P::Unit, P::Role]),
                (6, vec![]),
                (7, vec![P::Cells, P::Twice, P::NameDiffers]),
            ]
        );
        assert!(seen.rows[4].existing && seen.rows.iter().all(|row| row.password.is_none()));
        let everybody = StaffRequest { words: String::new(), unit_id: None, skip: 0 };
        assert_eq!(desk::list(&office.identity, &chief, everybody.clone()).await.unwrap().total, 1);
        let done = desk::import(&office.identity, &chief, ask(false)).await.unwrap();
        let given: Vec<_> = done.rows.iter().map(|row| row.password.is_some()).collect();
        assert_eq!(given, [true, true, false, false, false, false]);
        let page = desk::list(&office.identity, &chief, everybody).await.unwrap();
        assert_eq!(page.total, 4);
        let first = page.rows.iter().find(|row| row.display_name == "Bùi Thị Mẫu").unwrap();
        assert_eq!(first.job_title, "=HYPERLINK(1)", "what looks like a formula is text");
        let grant = office.sign_in("031188000021", done.rows[0].password.as_ref().unwrap()).await.unwrap();
        assert_eq!(grant.account.duty, Some(Duty::ChangePassword));
        let once_more = desk::import(&office.identity, &chief, ask(false)).await.unwrap();
        assert!(once_more.rows.iter().all(|row| !row.problems.is_empty() && row.password.is_none()));
        for (text, problem) in [("a,b\n1,2\n", P::NoColumns), (&*"x".repeat(100_001), P::TooLong)] {
            let read = ImportStaff { text: text.into(), preview: true };
            let answer = desk::import(&office.identity, &chief, read).await.unwrap();
            assert_eq!(answer.file_problem, Some(problem));
        }
        let keys = office.identity.backend.signer.key_list().unwrap();
        let db = office.identity.backend.db.clone();
        let (audited, findings) =
            db.read(move |tx| crate::audit::verify(tx, &keys)).await.map_err(WriteError::flatten).unwrap();
        assert_eq!((audited, findings), (5, Vec::<verify::Finding>::new()));
    }
}
