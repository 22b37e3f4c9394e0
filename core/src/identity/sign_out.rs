//! Signing out: the tokens go, the files and their key stay.

use super::Session;
use crate::ports::{Method, Request};
use crate::store::{StoreError, off_thread};

impl Session {
    /// Forgets the tokens here and tells the backend if it can be reached.
    ///
    /// # Errors
    /// [`StoreError::Keys`] if the key store kept them; nothing has changed then.
    pub async fn sign_out(&self) -> Result<(), StoreError> {
        let token = self.token().await;
        {
            // Held meanwhile, so that a refresh does not write the entry again.
            let mut kept = self.kept.lock().await;
            let (keys, name) = (self.keys.clone(), self.names.session());
            off_thread(move || Ok::<_, StoreError>(keys.delete(&name)?)).await?;
            kept.ended = true;
        }
        if let Some(token) = token {
            let request = Request::new(Method::Delete, "/v1/sessions/current").bearer(token);
            // Without a network the session ends on the backend when its tokens expire.
            let _ = self.ports.transport.send(request).await;
        }
        Ok(())
    }
}
