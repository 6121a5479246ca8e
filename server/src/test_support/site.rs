//! A site of one document, with an entity tag, on a port of its own.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A site of one document. It serves until the runtime ends.
#[derive(Clone, Debug)]
pub struct Site {
    /// Host and port, for what may be fetched and for addresses.
    pub place: String,
    page: Arc<Mutex<(u16, Vec<u8>)>>,
}

impl Site {
    /// Opens one that shows a document.
    pub async fn open(document: &[u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let site = Self {
            place: listener.local_addr().expect("an address").to_string(),
            page: Arc::new(Mutex::new((200, document.to_vec()))),
        };
        let served = site.clone();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut request = vec![0; 8_192];
                let length = socket.read(&mut request).await.unwrap_or_default();
                let asked = String::from_utf8_lossy(request.get(..length).unwrap_or_default());
                let _ = socket
                    .write_all(&served.answer(&asked.to_lowercase()))
                    .await;
            }
        });
        site
    }

    /// What it shows from now on, under which status.
    pub fn show(&self, status: u16, document: &[u8]) {
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        *page = (status, document.to_vec());
    }

    fn answer(&self, request: &str) -> Vec<u8> {
        let page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        let (status, body) = page.clone();
        let tag = format!("\"{}\"", body.len());
        if request.contains(&format!("if-none-match: {tag}")) {
            return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec();
        }
        let head = format!(
            "HTTP/1.1 {status} Whatever\r\nConnection: close\r\nETag: {tag}\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), &body].concat()
    }
}
