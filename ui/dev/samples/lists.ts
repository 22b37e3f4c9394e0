import type {
	CatalogueView,
	HomeView,
	OutboxItem,
	OutboxView,
	QueuePage,
	ReportRow,
	ReportsView,
} from '#lib/bridge/views.ts';
import { DAY, due, HOUR, network, NOW, OFFICE, same, scene, TAN_DUONG } from './base.ts';

type Row = Partial<ReportRow> & Pick<ReportRow, 'id' | 'title' | 'status'>;
const row = (r: Row): ReportRow => ({
	number: `TN-00${4000 + Number(r.id.slice(2))}`,
	unit_name: TAN_DUONG,
	category_name: same('Đường sá', 'Roads'),
	place: 'Tân Dương',
	sent_at: NOW - DAY,
	due: null,
	question: null,
	unread: false,
	...r,
});

const lamp = row({
	id: 'r-205',
	title: 'Đèn đường không sáng, ngõ 12 thôn 3',
	status: 'needs_information',
	question: 'cột số mấy?',
	sent_at: NOW - 4 * DAY,
});
const hole = row({
	id: 'r-198',
	title: 'Ổ gà sâu trước cổng trường tiểu học',
	status: 'in_progress',
	due: due(960),
	sent_at: NOW - 8 * DAY,
});
const drain = row({
	id: 'r-217',
	title: 'Nắp cống vỡ đầu chợ',
	status: 'received',
	unit_name: OFFICE,
});

export const home = (): HomeView => ({
	now: NOW,
	network: network(),
	alerts: [],
	waiting_count: scene.empty || scene.net === 'online' ? 0 : 2,
	needs_person_count: 0,
	draft: scene.draft ? { id: 'd-1', title: 'Đèn đường hỏng ba hôm', saved_at: NOW - HOUR } : null,
	reports: scene.empty ? [] : scene.net === 'offline' ? [hole] : [lamp, hole],
	total: scene.empty ? 0 : 6,
	cached_at: NOW - 102 * 60_000,
});

export const mine = (tab: string): ReportsView => ({
	now: NOW,
	network: network(),
	open_count: 3,
	done_count: 3,
	waiting_count: scene.empty ? 0 : 1,
	sending_photo: { number: 2, total: 3 },
	rows: scene.empty
		? []
		: tab === 'open'
			? [lamp, hole, drain]
			: [row({ ...hole, id: 'r-199', status: 'answered', due: null })],
	cached_at: NOW - HOUR,
});

const item = (i: Partial<OutboxItem> & Pick<OutboxItem, 'command_id' | 'title'>): OutboxItem => ({
	kind: 'report.submit',
	report_id: null,
	report_number: null,
	state: 'queued',
	waiting_for: 'turn',
	retry_at: null,
	created_at: NOW - HOUR,
	sent_at: null,
	received_at: null,
	first_deadline: null,
	size_bytes: 800_000,
	photos_total: 1,
	photos_sent: 0,
	percent: 0,
	text_sent: false,
	problem: null,
	can_recall: true,
	can_delete: true,
	...i,
});

export const outbox = (): OutboxView => ({
	now: NOW,
	network: network(),
	size_bytes: scene.empty ? 0 : 11_000_000,
	items: scene.empty
		? []
		: [
				item({
					command_id: 'c-1',
					title: 'Rác đổ trộm cạnh kênh thủy lợi',
					state: 'needs_person',
					created_at: NOW - 72 * 60_000,
					photos_total: 3,
					problem: {
						code: 'attachment-unreadable',
						by: null,
						at: null,
						photo_number: 2,
						attachment_id: 'p-2',
						good_photos: 2,
					},
				}),
				item({
					command_id: 'c-2',
					title: 'Ngập đường liên thôn sau mưa',
					state: 'sending',
					photos_total: 3,
					photos_sent: 1,
					percent: 64,
					text_sent: true,
					can_recall: false,
					can_delete: false,
				}),
				item({ command_id: 'c-3', title: 'Đèn đường không sáng, ngõ 12 thôn 3' }),
				item({
					command_id: 'c-4',
					title: 'Chờ bổ sung: cột đèn ngõ 12',
					kind: 'report.add_information',
					waiting_for: 'later',
					retry_at: NOW + 3 * 60_000,
					photos_total: 0,
					size_bytes: 2000,
				}),
				item({
					command_id: 'c-6',
					title: 'Ổ voi giữa đường liên xã',
					kind: 'report.assign',
					state: 'needs_person',
					report_id: 'r-221',
					report_number: 'TN-004221',
					photos_total: 0,
					problem: {
						code: 'revision-conflict',
						by: same('Phạm Thị Mẫu'),
						at: NOW - 600_000,
						photo_number: null,
						attachment_id: null,
						good_photos: 0,
					},
				}),
				item({
					command_id: 'c-5',
					title: 'Nắp cống vỡ đầu chợ',
					state: 'sent',
					report_id: 'r-217',
					report_number: 'TN-004217',
					sent_at: NOW - 60_000,
					received_at: NOW,
					first_deadline: NOW + 8 * HOUR,
					photos_sent: 1,
					percent: 100,
					can_recall: false,
					can_delete: false,
				}),
			],
});

const queueRows: [string, string, string, number, string][] = [
	['r-221', 'Ổ voi giữa đường liên xã, xe máy ngã', 'Hoa Động', -180, 'Đường sá'],
	['r-219', 'Cột điện nghiêng sau gió lớn', 'Lưu Kiếm', -60, 'An toàn điện'],
	['r-224', 'Rác đổ trộm cạnh kênh thủy lợi', 'Thủy Triều', 60, 'Rác thải'],
	['r-225', 'Ngập đường liên thôn sau mưa', 'Tân Dương', 120, 'Ngập nước'],
	['r-226', 'Loa đài quá giờ ở khu chợ', 'TT Núi Đèo', 180, 'An ninh'],
	['r-217', 'Nắp cống vỡ đầu chợ', 'Hoa Động', 300, 'Đường sá'],
	['r-230', 'Đèn đường tắt cả tuyến ven đê', 'Lập Lễ', 420, 'Đèn đường'],
	['r-231', 'Nước máy đục buổi sáng', 'TT Minh Đức', 420, 'Nước sạch'],
	['r-232', 'Xe tải chạy giờ cấm qua trường', 'Kiền Bái', 420, 'An ninh'],
];

export function queue(): QueuePage {
	const rows = Array.from({ length: scene.empty ? 0 : scene.rows }, (_, n) => {
		const [id, title, place, left, category] = queueRows[n % queueRows.length]!;
		const round = Math.floor(n / queueRows.length);
		return row({
			id: round === 0 ? id : `r-${300 + n}`,
			title,
			status: 'received',
			unit_name: null,
			place,
			category_name: same(category),
			sent_at: NOW - (left < 0 ? 72 * 60_000 : 37 * 60_000),
			due: {
				...due(left),
				tone: left < 0 ? 'bad' : left < 400 && round === 0 ? 'warn' : 'ok',
			},
			unread: n % 3 === 0,
		});
	});
	const order = { bad: 0, warn: 1, ok: 2, paused: 3 };
	rows.sort((a, b) => order[a.due!.tone] - order[b.due!.tone]);
	return {
		now: NOW,
		network: network(),
		rows,
		next: null,
		counts: { to_do: 14, overdue: 2, awaiting_citizen: 18 },
		cached_at: scene.net === 'offline' ? NOW - HOUR : null,
	};
}

export const work = (view: string) => ({
	now: NOW,
	network: network(),
	rows: scene.empty
		? []
		: view === 'work'
			? [hole, row({ ...drain, status: 'in_progress', due: due(300, 80) })]
			: [row({ ...hole, status: 'awaiting_approval', due: due(1300) })],
});

const category = (id: string, vi: string, en: string, icon: string, common = true) => ({
	id,
	name: same(vi, en),
	icon,
	common,
});

export const catalogueSample = (): CatalogueView => ({
	categories: [
		category('road', 'Đường sá', 'Roads', 'construction'),
		category('waste', 'Rác thải', 'Rubbish', 'trash-2'),
		category('lamp', 'Đèn đường', 'Street lamps', 'lamp'),
		category('flood', 'Ngập nước', 'Flooding', 'waves'),
		category('order', 'An ninh', 'Safety', 'shield'),
		category('noise', 'Tiếng ồn', 'Noise', 'volume-2', false),
		category('water', 'Nước sạch', 'Tap water', 'droplet', false),
		category('other', 'Việc khác', 'Other', 'ellipsis', false),
	],
	units: ['Tân Dương', 'Hoa Động', 'Thủy Triều', 'Lưu Kiếm'].map((name, n) => ({
		id: `u-${n + 1}`,
		name: same(`Xã ${name}`, `${name} commune`),
		kind: 'commune' as const,
	})),
	refusal_reasons: [
		['duplicate', 'Trùng phản ánh khác', ''],
		[
			'not_ours',
			'Không thuộc huyện quản lý',
			'Cảm ơn ông/bà đã phản ánh. Đoạn đường này do Khu Quản lý đường bộ quản lý, huyện không được sửa.\n\nHuyện đã chuyển nội dung và ảnh tới đơn vị quản lý ngày 16/10. Số liên hệ: 0225 000 0000 (mẫu).',
		],
		['too_little', 'Không đủ thông tin, đã hỏi', ''],
		['complaint', 'Khiếu nại, tố cáo: theo luật riêng', ''],
		['abuse', 'Xúc phạm, quảng cáo', ''],
	].map(([code, words, text]) => ({ code: code!, words: same(words!), text: same(text!) })),
	templates: [
		{
			id: 't-1',
			kind: 'ask',
			name: same('Hỏi vị trí chính xác'),
			text: same(
				'Nhờ ông/bà cho biết hố ở gần nhà hay công trình nào, hoặc kéo lại ghim trên bản đồ.',
			),
		},
		{
			id: 't-2',
			kind: 'ask',
			name: same('Xin ảnh toàn cảnh'),
			text: same('Nhờ ông/bà chụp thêm một ảnh nhìn rộng cả đoạn đường.'),
		},
		{
			id: 't-3',
			kind: 'answer',
			name: same('Đã sửa xong'),
			text: same(
				'Kính gửi ông/bà,\n\nXã đã xử lý xong trong ngày [ngày].\n\nNếu chưa đạt, mời ông/bà bấm “Chưa xong” để xã làm lại.',
			),
		},
	],
	max_photos: 5,
	max_text: 2000,
});
