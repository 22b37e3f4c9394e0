//! tus 1.0 as its headers say it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::AttachmentId;

use super::*;

struct Line {
    house: House,
    token: String,
    path: String,
    bytes: Vec<u8>,
}

impl Line {
    /// A line over which the bytes of one announced photo may go.
    async fn open(house: House, bytes: Vec<u8>) -> Self {
        let token = house.sign_in("citizen").await.access_token;
        let id = AttachmentId::from_parts(house.clock.now(), random_bytes(&SystemRandom));
        let photo = AttachmentDeclaration {
            id,
            sha256: ContentHash::of(&bytes),
            size: bytes.len() as u64,
            media_type: "image/png".to_owned(),
            captured_at: None,
            captured_where: None,
        };
        let (command, text) = house.report("Ổ gà giữa đường", vec![photo]);
        assert_eq!(house.send(&token, &text).await["outcomes"][0]["outcome"], "accepted");
        Self { house, token, path: format!("/v1/files/{command}/{id}"), bytes }
    }

    fn request(&self, method: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(&self.path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("tus-resumable", "1.0.0")
    }

    async fn head(&self) -> Answer {
        self.house.knock(self.request("HEAD").body(Body::empty()).unwrap()).await
    }

    async fn patch(&self, offset: usize, bytes: &[u8], checksum_of: &[u8]) -> Answer {
        use sha2::Digest as _;
        let checksum = format!("sha256 {}", BASE64.encode(sha2::Sha256::digest(checksum_of)));
        let request = self
            .request("PATCH")
            .header("content-type", "application/offset+octet-stream")
            .header("upload-offset", offset)
            .header("upload-checksum", checksum);
        self.house.knock(request.body(Body::from(bytes.to_vec())).unwrap()).await
    }
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 90]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn an_upload_says_where_it_stands_and_goes_on_from_there() {
    let line = Line::open(House::on_sqlite().await, png()).await;
    let (first, rest) = line.bytes.split_at(60);
    let stand = line.head().await;
    assert_eq!(
        (stand.status, stand.header("upload-offset"), stand.header("cache-control")),
        (200, "0", "no-store")
    );
    assert_eq!(stand.header("upload-length"), line.bytes.len().to_string());

    let answer = line.patch(0, first, first).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (204, "60"));
    assert_eq!(answer.header("upload-expires"), "Fri, 12 Apr 2024 02:00:00 GMT");
    let wrong = line.patch(0, first, first).await;
    assert_eq!(
        (wrong.status, wrong.problem(), wrong.header("upload-offset")),
        (409, "offset-mismatch", "60")
    );
    let damaged = line.patch(60, rest, first).await;
    assert_eq!((damaged.status, damaged.problem()), (460, "checksum-mismatch"));
    assert_eq!(line.head().await.header("upload-offset"), "60");
    let last = line.patch(60, rest, rest).await;
    assert_eq!((last.status, last.header("upload-offset")), (204, line.bytes.len().to_string().as_str()));
    for answer in [stand, answer, wrong, damaged, last] {
        assert_eq!(answer.header("tus-resumable"), "1.0.0");
    }
}

#[tokio::test]
async fn what_does_not_speak_tus_or_is_somebody_else_s_is_refused() {
    let mut line = Line::open(House::on_sqlite().await, png()).await;
    let plain = Request::head(&line.path).header("authorization", format!("Bearer {}", line.token));
    assert_eq!(line.house.knock(plain.body(Body::empty()).unwrap()).await.status, 412);
    let form = line.request("PATCH").header("upload-offset", 0).header("content-type", "text/plain");
    assert_eq!(line.house.knock(form.body(Body::from("x")).unwrap()).await.status, 415);
    let long = vec![0; crate::files::MAX_PATCH_BYTES + 1];
    assert_eq!(line.patch(0, &long, &long).await.problem(), "too-large");

    let mine = line.token.clone();
    line.token = line.house.sign_in("second_citizen").await.access_token;
    assert_eq!(line.head().await.status, 404);
    assert_eq!(line.patch(0, &line.bytes, &line.bytes).await.problem(), "not-found");
    line.token = mine;
    line.path = line.path.to_uppercase().replace("/V1/FILES", "/v1/files");
    assert_eq!(line.head().await.status, 404, "one spelling names an upload");
}
