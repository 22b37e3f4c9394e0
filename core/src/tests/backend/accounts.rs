//! Accounts, codes and devices as the wire promises them.

use super::*;

/// The code that every phone is sent.
pub const CODE: &str = "246810";
/// The password of accounts that nobody registered.
const PASSWORD: &str = "mật khẩu mẫu";

#[derive(Default)]
pub(super) struct Accounts {
    accounts: Vec<Account>,
    challenges: Vec<Pending>,
    /// One entry a grant: the account and device of `access-N` and `refresh-N`.
    grants: Vec<(String, String)>,
    /// What each sign-in showed as its device token.
    pub shown: Vec<Option<String>>,
}

struct Account {
    number: String,
    name: String,
    password: String,
    has_phone: bool,
    devices: Vec<DeviceKept>,
}

#[derive(Clone)]
struct DeviceKept {
    id: String,
    name: String,
    since: i64,
}

struct Pending {
    id: String,
    number: String,
    /// The name of who registers; nothing for a sign-in.
    registers: Option<String>,
    device_name: String,
    tries_left: u8,
}

fn account_id(number: &str) -> String {
    format!("018e9a4e-8a00-7000-8000-{number}")
}

impl Accounts {
    fn account(&mut self, number: &str) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|it| it.number == number)
    }

    /// The account and device of a bearer or refresh token, unless its device was cut off.
    fn holder(&self, token: &str) -> Option<(String, String)> {
        let at: usize = token.rsplit('-').next()?.parse().ok()?;
        let (number, device) = self.grants.get(at.checked_sub(1)?)?;
        let account = self.accounts.iter().find(|it| it.number == *number)?;
        let here = account.devices.iter().any(|it| it.id == *device);
        here.then(|| (number.clone(), device.clone()))
    }

    fn grant(&mut self, number: &str, device: &str, status: StatusCode) -> Response {
        self.grants.push((number.to_owned(), device.to_owned()));
        let (at, name) =
            (self.grants.len(), self.account(number).map(|it| it.name.clone()).unwrap_or_default());
        let body = json!({
            "access_token": format!("access-{at}"), "access_expires_at": 0,
            "refresh_token": format!("refresh-{at}"), "device_id": device, "device_token": format!("known-{device}"),
            "account": {"id": account_id(number), "display_name": name, "job_title": "", "roles": []},
        });
        (status, Json(body)).into_response()
    }

    fn add_device(&mut self, number: &str, name: &str) -> String {
        let at = self.grants.len() + 1;
        let id = format!("018e9a4e-8a00-7000-9000-{at:012}");
        let since = 1_712_000_000_000 + i64::try_from(at).unwrap() * 60_000;
        let device = DeviceKept { id: id.clone(), name: name.to_owned(), since };
        self.account(number).unwrap().devices.push(device);
        id
    }

    fn challenge(&mut self, number: &str, registers: Option<String>, device_name: &str) -> Response {
        let id = format!("018e9a4e-8a00-4000-8000-{:012}", self.challenges.len() + 1);
        let (number, device_name) = (number.to_owned(), device_name.to_owned());
        self.challenges.push(Pending { id: id.clone(), number, registers, device_name, tries_left: 5 });
        sent(&id, 5)
    }

    /// What stands against a code; the challenge is used up if nothing does.
    fn answer(&mut self, id: &str, code: &Value) -> Result<Pending, Box<Response>> {
        let over = || Box::new(problem(ProblemCode::CodeOver, None));
        let at = self.challenges.iter().position(|it| it.id == id && it.tries_left > 0).ok_or_else(over)?;
        let pending = &mut self.challenges[at];
        if code != CODE {
            pending.tries_left -= 1;
            let body =
                Problem { tries_left: Some(pending.tries_left), ..Problem::new(ProblemCode::CodeWrong) };
            return Err(Box::new(refusal(&body, None)));
        }
        Ok(self.challenges.remove(at))
    }

    /// The feed of a registered account: its devices.
    pub(super) fn feed(&self, token: &str) -> Option<Value> {
        let (number, _) = self.holder(token)?;
        let account = self.accounts.iter().find(|it| it.number == number && it.has_phone)?;
        let feed = format!("account:{}", account_id(&number));
        let change = |it: &DeviceKept| {
            json!({"doc_id": it.id, "revision": 1, "doc_kind": "device",
                   "body": {"id": it.id, "name": it.name, "since": it.since, "last_seen_day": "2024-04-02"}})
        };
        let changes: Vec<Value> = account.devices.iter().map(change).collect();
        Some(json!({"subscriptions": ["public:all", feed], "feeds": [
            {"feed": feed, "epoch": "e", "reset": true, "next": 1, "complete": true, "changes": changes}]}))
    }

    /// Whether a token belongs to a device that was cut off.
    pub(super) fn is_cut_off(&self, headers: &HeaderMap) -> bool {
        bearer(headers).is_some_and(|token| self.holder(token).is_none())
    }
}

pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn sent(id: &str, tries_left: u8) -> Response {
    let body = json!({"id": id, "expires_at": 1_712_000_300_000_i64, "resend_after": 1_712_000_060_000_i64,
                      "tries_left": tries_left, "phone_hint": "••• ••• 001"});
    (StatusCode::ACCEPTED, Json(body)).into_response()
}

fn text(body: &Value, name: &str) -> String {
    body[name].as_str().unwrap_or_default().to_owned()
}

pub(super) async fn register(State(inner): Shared, Json(body): Json<Value>) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let name = Some(text(&body, "full_name"));
    let mut kept = inner.kept.lock().unwrap();
    kept.accounts.challenge(&text(&body, "citizen_id"), name, &text(&body, "device_name"))
}

pub(super) async fn resend(State(inner): Shared, Path(id): Path<String>) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let kept = inner.kept.lock().unwrap();
    match kept.accounts.challenges.iter().find(|it| it.id == id && it.tries_left > 0) {
        Some(pending) => sent(&id, pending.tries_left),
        None => problem(ProblemCode::CodeOver, None),
    }
}

pub(super) async fn finish_registration(
    State(inner): Shared,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let answer = {
        let mut kept = inner.kept.lock().unwrap();
        let accounts = &mut kept.accounts;
        match accounts.answer(&id, &body["code"]) {
            Err(refusal) => *refusal,
            Ok(pending) if accounts.account(&pending.number).is_some() => {
                problem(ProblemCode::AlreadyRegistered, None)
            }
            Ok(pending) => {
                let number = pending.number;
                let (name, password) = (pending.registers.unwrap_or_default(), text(&body, "password"));
                let account =
                    Account { number: number.clone(), name, password, has_phone: true, devices: Vec::new() };
                accounts.accounts.push(account);
                let device = accounts.add_device(&number, &text(&body, "device_name"));
                accounts.grant(&number, &device, StatusCode::CREATED)
            }
        }
    };
    after(&inner, answer)
}

pub(super) async fn sign_in(State(inner): Shared, Json(body): Json<Value>) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let mut kept = inner.kept.lock().unwrap();
    let accounts = &mut kept.accounts;
    let (number, password) = (text(&body, "citizen_id"), text(&body, "password"));
    let (device_name, token) = (text(&body, "device_name"), body["device_token"].as_str());
    accounts.shown.push(token.map(str::to_owned));
    if accounts.account(&number).is_none() && password == PASSWORD {
        let name = "Nguyễn Văn Mẫu".to_owned();
        let (number, devices) = (number.clone(), Vec::new());
        accounts.accounts.push(Account {
            number,
            name,
            password: PASSWORD.into(),
            has_phone: false,
            devices,
        });
    }
    let Some(account) = accounts.account(&number).filter(|it| it.password == password) else {
        return problem(ProblemCode::WrongCredentials, None);
    };
    let known = account.devices.iter().find(|it| token == Some(format!("known-{}", it.id).as_str()));
    let device = match known.map(|it| it.id.clone()) {
        Some(device) => device,
        None if account.has_phone => return accounts.challenge(&number, None, &device_name),
        None => accounts.add_device(&number, &device_name),
    };
    accounts.grant(&number, &device, StatusCode::OK)
}

pub(super) async fn finish_sign_in(
    State(inner): Shared,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let answer = {
        let mut kept = inner.kept.lock().unwrap();
        let accounts = &mut kept.accounts;
        match accounts.answer(&id, &body["code"]) {
            Err(refusal) => *refusal,
            Ok(pending) => {
                let device = accounts.add_device(&pending.number, &pending.device_name);
                accounts.grant(&pending.number, &device, StatusCode::OK)
            }
        }
    };
    after(&inner, answer)
}

pub(super) async fn refresh(State(inner): Shared, Json(body): Json<Value>) -> Response {
    inner.kept.lock().unwrap().refreshes += 1;
    // A backend that asks to sign in still refreshes; one that is not reached does not.
    if !matches!(*inner.mood.lock().unwrap(), Mood::Refusing(ProblemCode::SignInRequired, None))
        && let Some(answer) = before(&inner)
    {
        return answer;
    }
    let answer = {
        let mut kept = inner.kept.lock().unwrap();
        let accounts = &mut kept.accounts;
        match accounts.holder(&text(&body, "refresh_token")) {
            Some((number, device)) => accounts.grant(&number, &device, StatusCode::OK),
            None => problem(ProblemCode::SignInRequired, None),
        }
    };
    after(&inner, answer)
}

pub(super) async fn cut_off(State(inner): Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let mut kept = inner.kept.lock().unwrap();
    let accounts = &mut kept.accounts;
    let Some((number, _)) = bearer(&headers).and_then(|token| accounts.holder(token)) else {
        return problem(ProblemCode::SignInRequired, None);
    };
    let devices = &mut accounts.account(&number).unwrap().devices;
    match devices.iter().position(|it| it.id == id) {
        Some(at) => {
            devices.remove(at);
            StatusCode::NO_CONTENT.into_response()
        }
        None => problem(ProblemCode::NotFound, None),
    }
}
