//! The second client: reads the server over the wire, knows nothing of the core, and changes nothing.

use citizen_contract::documents::{Document, ReportDocument};
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::AttachmentId;
use citizen_contract::query::{QueuePage, QueueRequest, QueueView};
use citizen_contract::session::{SessionGrant, SignIn};
use citizen_contract::sync::{Content, Cursor, SyncAnswer, SyncRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A signed-in reader.
pub struct Reader {
    http: reqwest::Client,
    base_url: String,
    /// The session; its token is the reader's own.
    pub grant: SessionGrant,
}

impl Reader {
    /// Signs in at `base_url`.
    ///
    /// # Panics
    /// When the backend does not let the person in.
    pub async fn sign_in(base_url: &str, citizen_id: &str, password: &str) -> Self {
        // Only loopback is spoken to, but the client wants to know its cryptography before it starts.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let sign_in = SignIn {
            citizen_id: citizen_id.to_owned(),
            password: password.to_owned(),
            device_name: "đối chiếu".to_owned(),
            device_token: None,
        };
        let grant = post(&http, &format!("{base_url}/v1/sessions"), None, &sign_in).await;
        Self { http, base_url: base_url.to_owned(), grant }
    }

    /// All reports that come down to this person, newest state, in no particular order.
    ///
    /// # Panics
    /// When the backend does not answer as the contract says.
    pub async fn reports(&self) -> Vec<ReportDocument> {
        let mut cursors: Vec<Cursor> = Vec::new();
        let mut reports = std::collections::BTreeMap::new();
        loop {
            let request =
                SyncRequest { cursors: cursors.clone(), limit: citizen_contract::sync::MAX_CHANGES };
            let answer: SyncAnswer = self.post("/v1/sync", &request).await;
            let complete = answer.feeds.iter().all(|feed| feed.complete);
            for delta in answer.feeds {
                cursors.retain(|cursor| cursor.feed != delta.feed);
                cursors.push(Cursor { feed: delta.feed, epoch: delta.epoch, after: delta.next });
                for change in delta.changes {
                    match change.content {
                        Content::Here(Document::Report(report)) => {
                            reports.insert(change.doc_id, *report);
                        }
                        Content::Here(_) => {}
                        Content::Gone { .. } => {
                            reports.remove(&change.doc_id);
                        }
                    }
                }
            }
            if complete {
                return reports.into_values().collect();
            }
        }
    }

    /// The report whose words contain `words`.
    ///
    /// # Panics
    /// When there is none or more than one.
    pub async fn report(&self, words: &str) -> ReportDocument {
        let mut found = self.reports().await;
        found.retain(|report| report.words.contains(words));
        assert_eq!(found.len(), 1, "exactly one report says so");
        found.remove(0)
    }

    /// A view of the intake office's queue, its first page.
    ///
    /// # Panics
    /// When the backend refuses.
    pub async fn queue(&self, view: QueueView) -> QueuePage {
        let request = QueueRequest {
            view,
            place_unit: None,
            category: None,
            search: String::new(),
            after: None,
            limit: 100,
        };
        self.post("/v1/queries/intake-queue", &request).await
    }

    /// The hash of the original bytes of an attachment, or the status that stood in their place.
    ///
    /// # Panics
    /// When the backend cannot be reached.
    pub async fn original(&self, attachment: AttachmentId) -> Result<ContentHash, u16> {
        let url = format!("{}/v1/attachments/{attachment}?variant=original", self.base_url);
        let answer = self
            .http
            .get(url)
            .bearer_auth(&self.grant.access_token)
            .send()
            .await
            .expect("the backend answers");
        match answer.status().as_u16() {
            200 => Ok(ContentHash::of(&answer.bytes().await.expect("a whole answer"))),
            status => Err(status),
        }
    }

    /// The status of any `POST`, for asking what a stranger may.
    ///
    /// # Panics
    /// When the backend cannot be reached.
    pub async fn status_of(&self, path: &str, body: &impl Serialize) -> u16 {
        let url = format!("{}{path}", self.base_url);
        let request = self.http.post(url).bearer_auth(&self.grant.access_token).json(body);
        request.send().await.expect("the backend answers").status().as_u16()
    }

    /// A `POST` of the contract's JSON.
    ///
    /// # Panics
    /// When the answer is not a success of the expected shape.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> T {
        let url = format!("{}{path}", self.base_url);
        post(&self.http, &url, Some(&self.grant.access_token), body).await
    }
}

async fn post<T: DeserializeOwned>(
    http: &reqwest::Client,
    url: &str,
    token: Option<&str>,
    body: &impl Serialize,
) -> T {
    let mut request = http.post(url).json(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await.expect("the backend answers");
    let status = answer.status();
    let text = answer.text().await.expect("a whole answer");
    assert!(status.is_success(), "{url} answered {status}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{url}: {error}: {text}"))
}
