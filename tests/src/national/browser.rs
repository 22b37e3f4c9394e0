//! A browser without a window: follows the provider's pages and keeps its cookies.

use std::collections::BTreeMap;

use super::proxy::client;

/// The most pages until the code.
const MOST_PAGES: usize = 20;

/// Opens `address`, signs in as the holder of `number`, agrees, and answers where the browser is sent
/// at the end: an address that begins with `back`.
///
/// # Panics
/// If the pages do not lead there.
pub async fn sign_in(address: &str, back: &str, number: &str) -> String {
    let (client, mut cookies) = (client(), BTreeMap::<String, String>::new());
    let origin = address.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let (mut next, mut form) = (address.to_owned(), None);
    for _ in 0..MOST_PAGES {
        let jar: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = match form.take() {
            None => client.get(&next),
            Some(form) => client
                .post(&next)
                .header("content-type", "application/x-www-form-urlencoded")
                .body::<String>(form),
        };
        let answer = request.header("cookie", jar.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.split(';').next().unwrap_or_default().to_owned());
        }
        if let Some(place) = answer.headers().get("location") {
            let place = place.to_str().unwrap();
            if place.starts_with(back) {
                return place.to_owned();
            }
            next = if place.starts_with('/') { format!("{origin}{place}") } else { place.to_owned() };
            continue;
        }
        let status = answer.status();
        let page = answer.text().await.unwrap();
        assert!(status.is_success(), "{status}: {page}");
        // The same page asks first who it is, then whether they agree.
        form = Some(if page.contains("name=\"login\"") {
            format!("prompt=login&login={number}&password=mau")
        } else {
            "prompt=consent".to_owned()
        });
    }
    panic!("the pages of the provider lead nowhere")
}
