//! Cold start of the core: from nothing in memory to the first row of "my reports".

use std::sync::Arc;
use std::time::{Duration, Instant};

use citizen_backend::db::Engine;
use citizen_core::reports::ReportsTab;
use citizen_tests::world::{Who, World};
use tokio::runtime::Runtime;

use crate::Size;
use crate::pairs::{Goal, median, print_figure};

pub fn measure(size: Size) {
    let runtime = Runtime::new().unwrap();
    let mut times = Vec::new();
    runtime.block_on(async {
        let world = Arc::new(World::on(Engine::Sqlite).await);
        let mut citizen = world.person(Who::Citizen).await;
        for number in 0..30 {
            citizen.writes_report(&format!("Phản ánh số {number}")).sends().await;
        }
        citizen.works().await;
        citizen.looks().await;
        citizen.goes_offline().await;
        for _ in 0..size.rounds {
            let begun = Instant::now();
            citizen.restarts().await;
            let shown = citizen.app().reports_mine(ReportsTab::Open).await.unwrap();
            assert_eq!(shown.rows.len(), 30);
            times.push(Duration::as_secs_f64(&begun.elapsed()) * 1000.0);
        }
    });
    print_figure(
        "cold start of the core to the first 30 rows, offline",
        median(&times),
        "ms",
        Goal::AtMost(8.0),
    );
}
