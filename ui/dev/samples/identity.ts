// Sample answers for registering, codes, devices and the lock.
import type {
	CardView,
	ChallengeView,
	DevicesView,
	FieldProblem,
	LockView,
	PinCheck,
	RegisterCheck,
	RegisterForm,
} from '#lib/bridge/views.ts';
import { DAY, HOUR, network, NOW, scene } from './base.ts';

const MINUTE = 60_000;

export const card = (): CardView => ({
	citizen_id: '031090000001',
	full_name: 'Nguyễn Văn Mẫu',
	birth_date: '1990-05-17',
	sex: 'male',
	warnings: [],
});

const digits = (text: string) => text.replace(/\D/g, '').length;

/** A few of the core's rules, enough to look at the sentences. */
export function check(form: RegisterForm): RegisterCheck {
	const problems: FieldProblem[] = [];
	const add = (field: FieldProblem['field'], code: FieldProblem['code'], n: number | null = null) =>
		problems.push({ field, code, digits: n });
	const number = digits(form.citizen_id);
	if (number === 0) add('citizen_id', 'missing');
	else if (number !== 12) add('citizen_id', number < 12 ? 'too_short' : 'too_long', number);
	if (!form.full_name.trim()) add('full_name', 'missing');
	const year = Number((form.birth_date ?? '').slice(0, 4)) || null;
	const age = year === null ? null : 2024 - year;
	if (form.birth_date && age === null) add('birth_date', 'malformed');
	if (age !== null && age < 14) add('birth_date', 'too_young');
	const phone = digits(form.phone);
	if (phone === 0) add('phone', 'missing');
	else if (phone !== 10) add('phone', phone < 10 ? 'too_short' : 'too_long', phone);
	const young = age !== null && age >= 14 && age < 16;
	if (young && !form.representative_phone) add('representative_phone', 'missing');
	if (!form.consents.some((consent) => consent.purpose === 'account')) add('consents', 'missing');
	const odd = number === 12 && year !== null && !form.citizen_id.includes(String(year).slice(2));
	return {
		problems,
		warnings: odd ? ['number_and_birth_date_differ'] : [],
		age,
		representative_needed: young,
	};
}

export const challenge = (kind: ChallengeView['for']): ChallengeView => ({
	for: kind,
	kind: 'phone',
	phone_hint: '••• ••• 001',
	now: NOW,
	expires_at: NOW + 5 * MINUTE,
	resend_after: NOW + (scene.resend ? 0 : 42_000),
	tries_left: 5,
});

/** 000000 is over, 111111 has an account, everything but 123456 is wrong. */
export function judge(code: string): void {
	if (code === '000000') throw { code: 'code-over' };
	if (code === '111111') throw { code: 'already-registered' };
	if (code !== '123456') throw { code: 'code-wrong', tries_left: 2 };
}

export const pinCheck = (pin: string): PinCheck => ({
	six_digits: pin.length === 6,
	trivial: pin === '123456' || /^(\d)\1{5}$/.test(pin),
	birth_date: pin === '170590',
});

export const lock = (): LockView | null =>
	scene.as === 'nobody'
		? null
		: {
				set: scene.lock !== 'none',
				locked: !['none', 'set'].includes(scene.lock),
				open_at: scene.lock === 'wait' ? NOW + 65_000 : null,
				tries_left: scene.lock === 'spent' ? 0 : 8,
				sign_in_needed: scene.lock === 'spent',
				idle_minutes: 5,
			};

export const freshDevice = () => ({
	id: 'd-2',
	name: 'Điện thoại mẫu',
	since: NOW - 12 * MINUTE,
});

export function devices(): DevicesView {
	const row = { last_seen_day: '2024-10-16', here: false, is_new: false };
	const here = { ...row, id: 'd-1', name: 'Máy bàn mẫu', since: NOW - 40 * DAY, here: true };
	const other = { ...row, ...freshDevice(), is_new: scene.fresh };
	const old = { ...row, id: 'd-3', name: 'Máy tính bảng của tổ dân phố số 4 (mẫu)' };
	return {
		now: NOW,
		network: network(),
		devices: scene.empty
			? [here]
			: [here, other, { ...old, since: NOW - 90 * DAY, last_seen_day: '2024-09-02' }],
		as_of: NOW - HOUR,
	};
}
