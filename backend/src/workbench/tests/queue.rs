//! The intake office's queue.

use citizen_contract::ids::ReportId;
use citizen_contract::problem::ProblemCode;
use citizen_contract::query::{QueuePage, QueueRequest, QueueView};

use crate::db::testing::each_engine;
use crate::testing::{Person, World};
use crate::workbench::queue::page;

fn request(view: QueueView) -> QueueRequest {
    QueueRequest { view, place_unit: None, category: None, search: String::new(), after: None, limit: 50 }
}

async fn queue(world: &World, request: QueueRequest) -> QueuePage {
    let (reader, now) = (world.reader(Person::Officer), world.now());
    world.read(move |tx| page(tx, &reader, &request, now)).await.unwrap()
}

fn ids(page: &QueuePage) -> Vec<ReportId> {
    page.items.iter().map(|item| item.report_id).collect()
}

#[tokio::test]
async fn reports_move_through_the_views_and_the_counts_follow() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let (first, second, third) = (world.report().await, world.report().await, world.report().await);
        let taken = queue(&world, request(QueueView::ToTakeIn)).await;
        assert_eq!(ids(&taken), [first, second, third]);
        assert_eq!((taken.counts.to_take_in, taken.counts.overdue, taken.next.clone()), (3, 0, None));
        assert_eq!(taken.items[0].due_at, world.view(Person::Officer, first).await.unwrap().take_in_by);

        world.accept(Person::Officer, &world.words("report.ask", first, "Ở đâu ạ?")).await;
        world.accept(Person::Officer, &world.assign(second, &world.commune)).await;
        world.accept(Person::Officer, &world.refusal(third)).await;
        for (view, expected) in [
            (QueueView::ToTakeIn, vec![]),
            (QueueView::AwaitingSender, vec![first]),
            (QueueView::Handling, vec![second]),
            (QueueView::Done, vec![third]),
        ] {
            assert_eq!(ids(&queue(&world, request(view)).await), expected, "{view:?}");
        }
        let counts = queue(&world, request(QueueView::Done)).await.counts;
        assert_eq!((counts.to_take_in, counts.awaiting_sender, counts.handling), (0, 1, 1));
        world.accept(Person::Handler, &world.words("report.pass_back", second, "Nhầm xã.")).await;
        world.clock.advance_s(30 * 24 * 3600);
        let late = queue(&world, request(QueueView::Overdue)).await;
        assert_eq!((ids(&late), late.counts.overdue, late.counts.to_take_in), (vec![second], 1, 1));
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let mut all = Vec::new();
        for _ in 0..5 {
            // Two of one moment, so that only the id keeps them apart.
            for _ in 0..2 {
                let command = world.submit();
                world.send(Person::Citizen, &command).await;
                all.push(ReportId::from(command.id));
            }
            world.clock.advance_s(3600);
        }
        for (view, backwards) in [(QueueView::ToTakeIn, false), (QueueView::Done, true)] {
            if backwards {
                for report in &all {
                    world.accept(Person::Officer, &world.refusal(*report)).await;
                }
                all.reverse();
            }
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let next = queue(&world, QueueRequest { limit: 3, after, ..request(view) }).await;
                seen.extend(ids(&next));
                after = next.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen, all, "{view:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_words_with_and_without_diacritics_numbers_and_nothing_by_wildcards() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let flooded = world.accept(Person::Citizen, &world.submit_words("Ngập úng 50% đường Đà Nẵng")).await;
        world.accept(Person::Citizen, &world.submit_words("Cây đổ chắn lối")).await;
        let search = |text: &str| QueueRequest { search: text.to_owned(), ..request(QueueView::ToTakeIn) };
        let expected = [
            ("ngap ung", 1),
            ("NGẬP", 1),
            ("đà nẵng", 1),
            ("nang ngap", 1),
            ("tn-000001", 1),
            ("dinh lang", 2),
            ("50%", 1),
            ("%", 1),
            ("_", 0),
            ("\" OR NEAR( *", 0),
            ("!", 0),
            ("  ", 2),
        ];
        // First nothing is indexed, then one report, then both: nobody sees a difference.
        for indexed in 0..3 {
            for (text, found) in expected {
                let page = queue(&world, search(text)).await;
                assert_eq!((page.items.len(), page.next), (found, None), "{text} with {indexed} indexed");
            }
            world.write(|tx| crate::search::index(tx, 1)).await;
        }
        assert_eq!(flooded.report_number.as_deref(), Some("TN-000001"));
        let elsewhere =
            QueueRequest { place_unit: Some(world.other_commune.clone()), ..request(QueueView::ToTakeIn) };
        assert_eq!(queue(&world, elsewhere).await.items.len(), 0);
        let here = QueueRequest { place_unit: Some(world.commune.clone()), ..request(QueueView::ToTakeIn) };
        assert_eq!(queue(&world, here).await.items.len(), 2);
        let other = QueueRequest { category: Some("khac".into()), ..request(QueueView::ToTakeIn) };
        assert_eq!(queue(&world, other).await.items.len(), 0);
    })
    .await;
}

/// Copies of a report, one minute apart from `due_at` on, counted in the queue.
async fn copies(world: &World, of: ReportId, count: i64, due_at: i64) {
    const COLUMNS: &str = "sender, intake_unit, revision, state, category, urgency, public, place_unit, title, \
         folded, submitted_at, take_in_by, queue, photos_declared, photos_received, events, head";
    let tail = "substr('000000000000' || CAST(i AS TEXT), length(CAST(i AS TEXT)) + 1)";
    let copy = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         INSERT INTO reports (id, number, due_at, {COLUMNS}) SELECT '018eac00-0000-7000-8000-' || {tail}, \
         'TN-9' || {tail}, {due_at} + i * 60000, {COLUMNS} FROM n CROSS JOIN reports WHERE id = ?1"
    );
    world.write(move |tx| tx.execute(&copy, crate::params![of.to_string()])).await;
    let counted = "UPDATE queue_counts SET reports = reports + ?1 WHERE queue = 'to_take_in'";
    world.write(move |tx| tx.execute(counted, crate::params![count])).await;
}

#[tokio::test]
async fn thousands_of_overdue_reports_are_all_counted() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let first = world.report().await;
        // The last hundred are due in a minute and later.
        let due = world.now().0 - 1_400 * 60_000;
        copies(&world, first, 1_500, due).await;
        let page = queue(&world, request(QueueView::Overdue)).await;
        assert_eq!((page.counts.overdue, page.counts.to_take_in), (1_399, 1_501));
    })
    .await;
}

#[tokio::test]
async fn a_word_of_thousands_is_found_page_by_page_with_a_rare_one_among_them() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let first = world.report().await;
        let due = world.now().0;
        copies(&world, first, 1_200, due).await;
        let rare = world.accept(Person::Citizen, &world.submit_words("Ngập úng ở chợ Trịnh")).await;
        while world.write(|tx| crate::search::index(tx, 500)).await > 0 {}
        let search =
            |text: &str| QueueRequest { search: text.to_owned(), limit: 100, ..request(QueueView::ToTakeIn) };
        let found = queue(&world, search("ngap trinh")).await;
        assert_eq!((ids(&found), found.next), (vec![rare.report_id.unwrap()], None));
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = queue(&world, QueueRequest { after, ..search("NGẬP úng") }).await;
            seen.extend(ids(&page));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let distinct: std::collections::BTreeSet<ReportId> = seen.iter().copied().collect();
        assert_eq!((seen.len(), distinct.len()), (1_202, 1_202));
        // Common words that stand together in no report.
        assert_eq!(ids(&queue(&world, search("ngap cong")).await), []);
    })
    .await;
}

#[tokio::test]
async fn only_the_intake_office_has_a_queue() {
    each_engine(async |db| {
        let world = World::over(db).await;
        world.report().await;
        for person in [Person::Citizen, Person::Handler, Person::Approver] {
            let (reader, now) = (world.reader(person), world.now());
            let wanted = request(QueueView::ToTakeIn);
            let answer = world.read(move |tx| page(tx, &reader, &wanted, now)).await;
            assert_eq!(answer.unwrap_err().code, ProblemCode::Forbidden, "{person:?}");
        }
    })
    .await;
}
