// The transport of the preview mode: sample views instead of the core.
import type { DraftView, RegisterForm, SessionView, SettingsView } from '#lib/bridge/views.ts';
import { NOW, scene, sessionSample, type Scene } from './samples/base.ts';
import { cardCheck, verify } from './samples/checks.ts';
import { card, challenge, check, devices, judge, pinCheck } from './samples/identity.ts';
import { catalogueSample, home, mine, outbox, queue, work } from './samples/lists.ts';
import { aside, contact } from './samples/safety.ts';
import { draft, report } from './samples/report.ts';
import den from './photos/anh-den.svg?url';
import ngap from './photos/anh-ngap.svg?url';
import sau from './photos/anh-oga-sau.svg?url';
import oga from './photos/anh-oga.svg?url';
import rac from './photos/anh-rac.svg?url';

type Args = Record<string, unknown>;
const photos: Record<string, string> = { den, ngap, oga, rac, 'oga-sau': sau };
const drafts: Record<string, DraftView> = {};
let settings: SettingsView = {
	language: scene.language,
	text_size: scene.text,
	theme: scene.theme,
	shortcuts: true,
	notices: null,
};

const getDraft = (id: string) => (drafts[id] ??= draft(id));
const keepDraft = (id: string, patch: Partial<DraftView>) =>
	(drafts[id] = { ...getDraft(id), ...patch, saved_at: NOW });

/** Somebody is signed in from now on, as the scene says. */
function enter(patch: Partial<Scene>): SessionView {
	if (scene.as === 'nobody') scene.as = 'citizen';
	Object.assign(scene, patch);
	return sessionSample();
}

const answers: Record<string, (args: Args) => unknown> = {
	session_view: sessionSample,
	sign_in: ({ password }) => {
		if (password === 'sai') throw { code: 'wrong-credentials' };
		if (password === 'ma') return { step: 'code', challenge: challenge('sign_in') };
		return { step: 'signed_in', session: enter({ lock: 'none', over: false }) };
	},
	sign_in_finish: ({ code }) => {
		judge(code as string);
		return enter({ lock: 'none', over: false });
	},
	reset_start: () => challenge('password_reset'),
	reset_finish: ({ code }) => {
		judge(code as string);
		return enter({ lock: 'none', over: false });
	},
	register_check: ({ form }) => check(form as RegisterForm),
	register_start: ({ form }) => {
		const { problems } = check(form as RegisterForm);
		const challenged = problems.length === 0 ? challenge('registration') : null;
		return { problems, challenge: challenged };
	},
	register_finish: ({ code }) => {
		judge(code as string);
		return enter({ lock: 'none' });
	},
	scan_card: card,
	challenge_view: () => (scene.waiting ? challenge('registration') : null),
	challenge_resend: () => challenge('registration'),
	challenge_drop: () => null,
	pin_check: ({ pin }) => pinCheck(pin as string),
	lock_set: () => enter({ lock: 'set' }),
	lock_open: ({ pin }) => {
		if (pin === '250417') return enter({ lock: 'set' });
		throw { code: 'pin-wrong', tries_left: 7 };
	},
	lock_after: () => enter({ lock: 'set' }),
	lock_remove: ({ pin }) => {
		if (pin === '250417') return enter({ lock: 'none' });
		throw { code: 'pin-wrong', tries_left: 7 };
	},
	lock_now: () => enter({ lock: 'locked' }),
	person_active: () => null,
	contact_view: contact,
	phone_change_start: ({ password }) => {
		if (password === 'sai') throw { code: 'invalid', field: 'password' };
		return challenge('phone_change');
	},
	phone_change_finish: ({ code }) => {
		judge(code as string);
		return contact();
	},
	representative_start: () => challenge('representative'),
	representative_finish: ({ code }) => {
		judge(code as string);
		scene.child = 'agreed';
		return contact();
	},
	representative_withdraw: () => {
		scene.child = 'asks';
		return contact();
	},
	key_store_retry: () => {
		scene.earlier = 'none';
		return sessionSample();
	},
	devices,
	device_cut_off: devices,
	devices_seen: () => null,
	verify_view: verify,
	card_free: () => ({ outcome: 'freed', check: null }),
	card_check: ({ citizenId }) => cardCheck(citizenId as string),
	national_check: () => verify(),
	national_drop: () => null,
	use_passphrase: () => {
		scene.kept = true;
		scene.locked = false;
		return sessionSample();
	},
	sign_out: () => {
		scene.as = 'nobody';
		return sessionSample();
	},
	home_view: home,
	catalogue: catalogueSample,
	draft_new: () => draft('d-empty'),
	draft_get: ({ id }) => getDraft(id as string),
	draft_save: ({ id, patch }) => keepDraft(id as string, patch as Partial<DraftView>),
	draft_delete: () => {
		scene.draft = false;
		return null;
	},
	draft_add_photo: ({ id }) =>
		keepDraft(id as string, {
			photos: [
				...getDraft(id as string).photos,
				{ attachment_id: 'rac', role: 'evidence', taken_at: null, available: true },
			],
		}),
	draft_remove_photo: ({ id, photoId }) =>
		keepDraft(id as string, {
			photos: getDraft(id as string).photos.filter((p) => p.attachment_id !== photoId),
		}),
	draft_submit: ({ id }) =>
		getDraft(id as string).text
			? { missing: [], command_id: 'c-1' }
			: { missing: ['category', 'text', 'place'], command_id: null },
	outbox_view: outbox,
	outbox_recall: () => draft('d-1'),
	outbox_delete: () => null,
	outbox_retry: () => null,
	set_aside: aside,
	outbox_drop_photo: () => null,
	reports_mine: ({ tab }) => mine(tab as string),
	report_view: ({ id }) => report(id as string),
	act: () => ({ missing: [], command_id: 'c-9' }),
	act_draft: () => getDraft('d-answer'),
	queue_page: queue,
	unit_work: ({ filter }) => work((filter as { view: string }).view),
	device_view: () => ({
		scans: scene.phone,
		locates: scene.phone,
		buzzes: scene.phone,
		shares: scene.phone,
		notifies: scene.phone,
		sends: scene.phone ? 'when_allowed' : 'when_open',
	}),
	'plugin:barcode-scanner|request_permissions': () => ({ camera: 'granted' }),
	'plugin:geolocation|request_permissions': () => ({ location: 'denied' }),
	link_take: () => {
		const link = scene.astray ? { number: 'TN-000123', report_id: null } : null;
		scene.astray = false;
		return link;
	},
	notices_allow: () => true,
	update_find: () => ({ current: '0.1.0', newer: scene.newer ? '0.2.0' : null }),
	settings_get: () => settings,
	text_factor: () => scene.factor,
	settings_set: (args) => (settings = args.settings as SettingsView),
};

export async function call(command: string, args: Args): Promise<unknown> {
	const own = [
		'session_view',
		'settings_get',
		'settings_set',
		'catalogue',
		'device_view',
		'link_take',
		'text_factor',
	];
	if (command === 'national_check' || command === 'plugin:barcode-scanner|scan') {
		return new Promise(() => {});
	}
	if (scene.hang && !own.includes(command)) return new Promise(() => {});
	if (scene.fail && !own.includes(command)) throw { code: 'server' };
	const answer = answers[command];
	if (!answer) throw { code: `no-command-${command}` };
	return structuredClone(answer(args));
}

/** The bytes of a photo are not kept; a sample photo stands for them. */
export function callRaw(
	command: string,
	_bytes: Uint8Array,
	headers: Record<string, string>,
): Promise<unknown> {
	return call(command, { id: headers['draft-id'] });
}

/** Half of what there is to tell, and then it stays there: a preview has nothing to install. */
export function callTelling<T>(
	_command: string,
	_name: string,
	heard: (told: T) => void,
): Promise<unknown> {
	heard(50 as T);
	return new Promise(() => {});
}

export function hear(): Promise<() => void> {
	return Promise.resolve(() => {});
}

/** The button of a phone that is not there: `dispatchEvent(new Event('back-button'))`. */
export function hearBack(heard: () => void): Promise<() => void> {
	window.addEventListener('back-button', heard);
	return Promise.resolve(() => window.removeEventListener('back-button', heard));
}

export function leave(): void {
	document.documentElement.dataset.left = 'yes';
}

export function photoUrl(attachmentId: string): string {
	return photos[attachmentId] ?? '';
}
