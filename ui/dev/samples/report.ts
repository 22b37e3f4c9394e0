import type { DraftView, ReportView, StepCode, StepView } from '#lib/bridge/views.ts';
import { DAY, due, HOUR, network, NOW, OFFICE, same, scene, TAN_DUONG } from './base.ts';

const step = (
	code: StepCode,
	phase: StepView['phase'],
	at: number | null,
	more: Partial<StepView> = {},
): StepView => ({
	code,
	phase,
	at,
	unit_name: TAN_DUONG,
	to_unit_name: null,
	photos: 0,
	due_at: null,
	rating: null,
	waiting: false,
	words: null,
	...more,
});
const photo = (id: string, role: 'evidence' | 'after' = 'evidence') => ({
	attachment_id: id,
	role,
	taken_at: NOW - 8 * DAY,
	available: true,
});

const sent = step('submit', 'past', NOW - 8 * DAY, { photos: 2 });
const assigned = step('assign', 'past', NOW - 8 * DAY + HOUR, {
	unit_name: OFFICE,
	to_unit_name: TAN_DUONG,
});

export function report(id: string): ReportView {
	const base: ReportView = {
		id,
		now: NOW,
		network: network(),
		number: `TN-00${4000 + Number(id.slice(2))}`,
		title: 'Ổ gà sâu trước cổng trường tiểu học',
		text: 'Ổ gà sâu khoảng 20 cm trước cổng trường. Trời mưa là ngập, học sinh đi xe hay ngã.',
		status: 'in_progress',
		category_name: same('Đường sá', 'Roads'),
		place: {
			lat_e7: 209_000_000,
			lon_e7: 1_066_600_000,
			accuracy_m: 15,
			unit_id: 'u-1',
			unit_name: same('Xã Tân Dương', 'Tân Dương commune'),
			words: 'Đường 359, thôn 3',
		},
		unit_name: TAN_DUONG,
		public: true,
		sent_at: NOW - 8 * DAY,
		due: due(1320, 82),
		sender: null,
		home_unit_name: same('xã Tân Dương', 'Tân Dương commune'),
		photos: [photo('oga'), photo('ngap')],
		steps: [
			sent,
			assigned,
			step('start', 'past', NOW - 7 * DAY, { due_at: NOW + 2 * DAY }),
			step('await_answer', 'next', null),
		],
		question: null,
		refusal: null,
		answer: null,
		returned: null,
		rating: null,
		notes: [],
		acts: [],
		suggestions: [],
		urgency: 'normal',
		answer_due: { normal: NOW + 5 * DAY + HOUR, urgent: NOW + DAY },
		mine: scene.as === 'citizen',
		conflict: null,
	};
	if (id === 'r-199' || id === 'r-200') return answered(base);
	if (id === 'r-205') return asked(base);
	if (scene.as === 'intake') return inIntake(base);
	if (scene.as === 'handler' || scene.as === 'approver') return inUnit(base);
	return base;
}

const answered = (base: ReportView): ReportView => ({
	...base,
	status: 'answered',
	due: null,
	answer: answer(true),
	acts: base.id === 'r-199' ? ['rate'] : [],
	rating: base.id === 'r-200' ? 'satisfied' : null,
	steps: [
		sent,
		assigned,
		step('start', 'past', NOW - 8 * DAY + 7 * HOUR, { due_at: NOW + 2 * DAY }),
		step('approve', 'past', NOW - HOUR, { photos: 1 }),
		step('await_rating', 'now', null),
	],
});

const answer = (approved: boolean) => ({
	unit_name: TAN_DUONG,
	at: NOW - HOUR,
	early_days: 2,
	text: 'Xã đã vá nhựa 6 m² mặt đường trước cổng trường trong ngày 14/10. Đoạn rãnh thoát nước bên trái sẽ nạo vét trước 25/10.',
	signed_by: 'Lê Văn Ví Dụ, Phó Chủ tịch UBND xã (mẫu)',
	before: photo('oga'),
	after: photo('oga-sau', 'after'),
	approved,
});

const asked = (base: ReportView): ReportView => ({
	...base,
	title: 'Đèn đường không sáng, ngõ 12 thôn 3',
	status: 'needs_information',
	photos: [photo('den')],
	question: {
		text: 'Nhờ ông/bà cho biết số ghi trên cột đèn, hoặc chụp một ảnh thân cột.',
		by: same('Điện lực Thủy Nguyên'),
		at: NOW - 22 * 60_000,
		open: true,
	},
	acts: ['add_information'],
	steps: [
		sent,
		assigned,
		step('await_information', 'now', NOW - 22 * 60_000),
		step('start', 'next', null),
		step('await_answer', 'next', null),
	],
});

const inIntake = (base: ReportView): ReportView => ({
	...base,
	title: 'Ổ voi giữa đường liên xã, xe máy ngã',
	text: 'Đường từ chợ ra cầu có ổ voi rộng gần nửa mặt đường. Sáng nay hai xe máy bị ngã. Mong huyện cho rào lại và vá sớm, gần trường học.',
	status: 'received',
	unit_name: null,
	due: due(-180),
	sender: { display_name: 'Phạm Thị Mẫu', masked_number: '••• ••• ••• 002' },
	acts: ['assign', 'ask', 'refuse'],
	suggestions: [
		{
			unit_id: 'u-2',
			name: same('UBND xã Hoa Động', 'Hoa Động commune'),
			why: 'own_area',
			open_count: 12,
		},
		{
			unit_id: 'u-9',
			name: same('Phòng Kinh tế và Hạ tầng', 'Economy and Infrastructure'),
			why: 'category',
			open_count: 31,
		},
	],
	conflict:
		base.id === 'r-219'
			? {
					command_id: 'c-6',
					act: 'assign',
					by: same('Phạm Thị Mẫu'),
					at: NOW - 600_000,
					step: 'assign',
				}
			: null,
});

const note = (id: string, by: string, at: number, text: string) => ({
	id,
	by,
	at,
	text,
	waiting: false,
});

const inUnit = (base: ReportView): ReportView => ({
	...base,
	status: scene.as === 'approver' ? 'awaiting_approval' : 'in_progress',
	answer: scene.as === 'approver' ? answer(false) : null,
	acts: scene.as === 'approver' ? ['approve', 'return_answer', 'note'] : ['answer', 'note'],
	notes: [
		note('n-1', 'Vũ Thị Mẫu', NOW - 8 * DAY, 'Gần trường, ưu tiên rào chắn trước.'),
		note(
			'n-2',
			'Hoàng Văn Thử',
			NOW - 7.7 * DAY,
			'Đã đặt rào. Xin 6 m² nhựa nguội từ dự phòng xã.',
		),
		note('n-3', 'Lê Văn Ví Dụ', NOW - 7 * DAY, 'Đồng ý. Chụp ảnh trước và sau cùng góc.'),
		note(
			'n-4',
			'Hoàng Văn Thử',
			NOW - 2 * DAY,
			'Xong phần mặt đường. Chờ thôn chốt ngày nạo rãnh.',
		),
	],
});

export const draft = (id: string): DraftView => ({
	id,
	now: NOW,
	saved_at: NOW,
	network: network(),
	category_id: id === 'd-empty' ? null : 'road',
	text:
		id === 'd-empty'
			? ''
			: id === 'd-answer'
				? 'Kính gửi ông/bà,\n\nXã đã vá nhựa 6 m² mặt đường trước cổng trường trong ngày 14/10.'
				: 'Ổ gà sâu khoảng 20 cm trước cổng trường. Trời mưa là ngập, học sinh đi xe hay ngã.',
	place:
		id === 'd-empty'
			? { lat_e7: null, lon_e7: null, accuracy_m: null, unit_id: null, unit_name: null, words: '' }
			: {
					lat_e7: 209_000_000,
					lon_e7: 1_066_600_000,
					accuracy_m: 15,
					unit_id: 'u-1',
					unit_name: same('Xã Tân Dương', 'Tân Dương commune'),
					words: 'Đường 359, thôn 3',
				},
	public: true,
	photos:
		id === 'd-empty'
			? []
			: id === 'd-answer'
				? [photo('oga-sau', 'after')]
				: [photo('oga'), photo('ngap')],
});
