//! While a duty is open only the doors of the duty are.

use citizen_contract::session::Role;
use citizen_contract::staff::{DutyLeft, StaffAdded};

use super::roles::knock;
use super::*;
use crate::auth::roles::{Admits, DOORS, Meets, Visitor};

/// What somebody with a duty may do: the duty itself, being there, and leaving.
const OPEN: [&str; 5] = [
    "/v1/sessions/current",
    "/v1/sessions/current/active",
    "/v1/password",
    "/v1/second-factor",
    "/v1/second-factor/confirm",
];

impl House {
    async fn official(&self) -> (String, SessionGrant) {
        let administrator = self.sign_in("administrator").await.access_token;
        let unit = &self.person("handler").roles[0].unit_id;
        let body = json!({
            "citizen_id": "031188000012", "full_name": "Hoàng Thị Thử", "job_title": "Công chức",
            "roles": [{ "role": "handler", "unit_id": unit }],
        });
        let added: StaffAdded = self.post("/v1/staff", Some(&administrator), &body).await.read();
        let given = added.password.unwrap();
        let body = json!({ "citizen_id": "031188000012", "password": given, "device_name": "máy thử" });
        (given, self.post("/v1/sessions", None, &body).await.read())
    }

    async fn walk(&self, token: &str) {
        for door in DOORS.iter().filter(|door| !OPEN.contains(&door.path)) {
            let shut = door.admits.meets(Visitor::Official(Role::Handler)) != Meets::Open;
            if !shut && door.admits != Admits::More {
                continue;
            }
            let met = knock(self, door.method, door.path, Some(token)).await;
            let what = format!("{} {}: {met:?}", door.method, door.path);
            assert_eq!(met.0, 403, "{what}");
            assert!(door.method == "HEAD" || met.1 == "duty-open", "{what}");
        }
    }
}

#[tokio::test]
async fn no_other_door_opens_before_the_password_is_one_s_own_and_the_factor_is_set_up() {
    let house = House::on_sqlite().await;
    let (given, grant) = house.official().await;
    house.walk(&grant.access_token).await;
    let new = "bốn con trâu trắng";
    let body = json!({ "current": given, "new": "mat khau 123456" });
    let weak = house.post("/v1/password", Some(&grant.access_token), &body).await;
    assert_eq!((weak.status, weak.problem()), (422, "password-weak"));
    let body = json!({ "current": given, "new": new });
    let left: DutyLeft = house.post("/v1/password", Some(&grant.access_token), &body).await.read();
    assert!(left.duty.is_some());
    house.walk(&grant.access_token).await;
}
