//! Answers that somebody else than the backend gives.

/// A ready answer: a captive portal's, or a status that the backend would give on a bad day.
#[derive(Debug, Clone)]
pub struct Answer {
    head: String,
    body: Vec<u8>,
    /// Bytes of the body that are announced and never come.
    missing: usize,
}

impl Answer {
    /// A captive portal's login page, which says 200 to everything.
    #[must_use]
    pub fn portal_page() -> Self {
        let page = "<!doctype html><title>Wi-Fi chào bạn</title><p>Bấm để vào mạng.</p>";
        Self::new(200, "OK", "text/html; charset=utf-8", page)
    }

    /// A captive portal's redirect to its login page.
    #[must_use]
    pub fn portal_redirect() -> Self {
        Self::new(302, "Found", "text/html", "").header("location", "http://192.0.2.1/login")
    }

    /// A 200 with JSON of the right type whose body ends in the middle.
    #[must_use]
    pub fn cut_body() -> Self {
        Self {
            missing: 4_096,
            ..Self::new(200, "OK", "application/json", "{\"outcomes\":[{\"outcome\":\"acc")
        }
    }

    /// A 200 with JSON that is well-formed and not ours.
    #[must_use]
    pub fn foreign_json() -> Self {
        Self::new(200, "OK", "application/json", "{\"status\":\"ok\",\"login\":\"required\"}")
    }

    /// A status with a problem document of this code, such as `(429, "too-many-requests")`.
    #[must_use]
    pub fn problem(status: u16, code: &str) -> Self {
        let body = format!(
            "{{\"type\":\"/problems/{code}\",\"title\":\"Injected\",\"status\":{status},\"code\":\"{code}\"}}"
        );
        Self::new(status, "Injected", "application/problem+json", &body)
    }

    /// A bare status with a page of some proxy on the way.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::new(status, "Injected", "text/plain", "upstream says no")
    }

    /// The same answer asking to come back in so many seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        self.header("retry-after", &seconds.to_string())
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    fn new(status: u16, reason: &str, media_type: &str, body: &str) -> Self {
        let head =
            format!("HTTP/1.1 {status} {reason}\r\ncontent-type: {media_type}\r\nconnection: close\r\n");
        Self { head, body: body.as_bytes().to_vec(), missing: 0 }
    }

    /// The bytes on the wire.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let length = self.body.len() + self.missing;
        [format!("{}content-length: {length}\r\n\r\n", self.head).as_bytes(), &self.body].concat()
    }
}
