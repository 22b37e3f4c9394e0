//! What may go wrong with a request, and which request it hits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::Answer;

/// Which requests are meant: a method (or any) and the beginning of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    method: Option<&'static str>,
    path: String,
}

impl Match {
    /// Every request.
    #[must_use]
    pub fn any() -> Self {
        Self { method: None, path: String::new() }
    }

    /// `POST` requests whose path begins so.
    #[must_use]
    pub fn post(path: &str) -> Self {
        Self { method: Some("POST"), path: path.to_owned() }
    }

    /// `GET` requests whose path begins so.
    #[must_use]
    pub fn get(path: &str) -> Self {
        Self { method: Some("GET"), path: path.to_owned() }
    }

    /// `PATCH` requests whose path begins so: the next bytes of an upload.
    #[must_use]
    pub fn patch(path: &str) -> Self {
        Self { method: Some("PATCH"), path: path.to_owned() }
    }

    /// `HEAD` requests whose path begins so.
    #[must_use]
    pub fn head(path: &str) -> Self {
        Self { method: Some("HEAD"), path: path.to_owned() }
    }

    fn hits(&self, method: &str, path: &str) -> bool {
        self.method.is_none_or(|wanted| wanted == method) && path.starts_with(&self.path)
    }
}

/// Changes the body of an answer of the backend.
pub type Forgery = Arc<dyn Fn(&[u8]) -> Vec<u8> + Send + Sync>;

/// What goes wrong.
#[derive(Clone)]
pub enum Fault {
    /// Somebody else answers; the backend hears nothing.
    Answer(Answer),
    /// So many bytes of the request arrive, head included, then both sides are reset.
    CutRequest(usize),
    /// The backend does its work, so many bytes of its answer arrive, then the client is reset.
    CutAnswer(usize),
    /// The backend does its work and answers; nothing of that arrives.
    LoseAnswer,
    /// The request arrives twice, one after the other; the client gets the second answer.
    Twice,
    /// The body of the backend's answer is another one on arrival.
    Forge(Forgery),
}

impl Fault {
    /// Changes the body of the backend's answer.
    pub fn forge(change: impl Fn(&[u8]) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::Forge(Arc::new(change))
    }
}

struct Order {
    of: Match,
    fault: Fault,
    left: Option<usize>,
}

/// Faults that were ordered, oldest first.
#[derive(Default)]
pub(super) struct Faults(Mutex<VecDeque<Order>>);

impl Faults {
    pub(super) fn add(&self, of: Match, fault: Fault, times: Option<usize>) {
        self.lock().push_back(Order { of, fault, left: times });
    }

    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// The fault that this request meets. An order for one request is then used up.
    pub(super) fn meet(&self, method: &str, path: &str) -> Option<Fault> {
        let mut orders = self.lock();
        let at = orders.iter().position(|order| order.of.hits(method, path))?;
        let order = orders.get_mut(at)?;
        let fault = order.fault.clone();
        if let Some(left) = &mut order.left {
            *left -= 1;
            if *left == 0 {
                orders.remove(at);
            }
        }
        Some(fault)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Order>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
