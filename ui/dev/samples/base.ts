// Sample people, places and moments for looking at screens without a core. Nothing of this
// folder is part of the shipped window.
import type { DueView, NetworkView, SessionView, Words } from '#lib/bridge/views.ts';
import { freshDevice, lock } from './identity.ts';

/** 16 October 2024, 07:52 in Vietnam. */
export const NOW = Date.UTC(2024, 9, 16, 0, 52);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Scene {
	as: 'nobody' | 'citizen' | 'intake' | 'handler' | 'approver';
	net: NetworkView['state'];
	/** Everything is empty. */
	empty: boolean;
	/** The core fails. */
	fail: boolean;
	/** The core does not answer. */
	hang: boolean;
	/** The device has a safe place for keys. */
	kept: boolean;
	/** A passphrase is wanted first. */
	locked: boolean;
	/** How the lock of the app stands. */
	lock: 'none' | 'set' | 'locked' | 'wait' | 'spent';
	/** The backend ended the session. */
	over: boolean;
	/** Another device has just signed in. */
	fresh: boolean;
	/** Somebody saw the card. */
	checked: boolean;
	/** Another code may be asked for at once. */
	resend: boolean;
	/** A code was on its way when the window was closed. */
	waiting: boolean;
	/** An outbox could not be opened and was set aside. */
	aside: boolean;
	/** Files of earlier sessions that cannot be opened. */
	earlier: SessionView['earlier_files'];
	/** The person is under 16; a representative has agreed. */
	child: 'no' | 'asks' | 'agreed';
	/** An unfinished report lies on the device. */
	draft: boolean;
	/** The locality announced a newer version of the app. */
	newer: boolean;
	/** The device is a phone with everything that phones have. */
	phone: boolean;
	/** A link was opened outside that leads to nobody's own report. */
	astray: boolean;
	/** The list of the queue has this many rows. */
	rows: number;
	language: 'vi' | 'en';
	text: 'normal' | 'large' | 'xlarge';
	/** How much larger than usual the system wants text. */
	factor: number;
	theme: 'system' | 'light' | 'dark';
}

export const scene: Scene = {
	as: 'citizen',
	net: 'online',
	empty: false,
	fail: false,
	hang: false,
	kept: true,
	locked: false,
	lock: 'none',
	over: false,
	fresh: false,
	checked: false,
	draft: false,
	resend: false,
	waiting: false,
	aside: false,
	earlier: 'none',
	child: 'no',
	newer: false,
	phone: false,
	astray: false,
	rows: 9,
	language: 'vi',
	text: 'normal',
	factor: 1,
	theme: 'system',
	...(JSON.parse(localStorage.getItem('scene') ?? '{}') as Partial<Scene>),
};

export const same = (vi: string, en = vi): Words => ({ vi, en });
export const TAN_DUONG = same('UBND xã Tân Dương', 'Tân Dương commune');
export const OFFICE = same('Văn phòng huyện', 'District office');
export const network = (): NetworkView => ({
	state: scene.net,
	last_sync_at: NOW - 102 * 60_000,
});

export const due = (left: number, used = 50): DueView => ({
	tone: left < 0 ? 'bad' : used > 75 || left < 480 ? 'warn' : 'ok',
	at: NOW + left * 180_000,
	left_minutes: left,
	day_minutes: 480,
	used_percent: used,
});

const people = {
	citizen: ['Nguyễn Văn Mẫu', same('xã Tân Dương', 'Tân Dương commune')],
	intake: ['Vũ Thị Mẫu', same('VP HĐND&UBND', 'District office')],
	handler: ['Hoàng Văn Thử', TAN_DUONG],
	approver: ['Lê Văn Ví Dụ', TAN_DUONG],
} as const;

export function sessionSample(): SessionView {
	const locked = !['none', 'set'].includes(scene.lock) && scene.as !== 'nobody';
	const staff = scene.as !== 'citizen' && scene.as !== 'nobody';
	const nav = {
		nobody: [],
		citizen: [],
		intake: [{ code: 'intake', count: 14 }],
		handler: [{ code: 'work', count: 4 }],
		approver: [
			{ code: 'work', count: 4 },
			{ code: 'approval', count: 1 },
		],
	}[scene.as] as SessionView['nav'];
	return {
		erased: false,
		now: NOW,
		demo: new URLSearchParams(location.search).has('demo') || localStorage.demo === 'yes',
		app_name: 'Thủy Nguyên Smart',
		body_name: same('UBND huyện Thủy Nguyên', 'Thủy Nguyên district'),
		tenant: '',
		network: network(),
		account:
			scene.as === 'nobody' || locked
				? null
				: {
						id: 'a-1',
						display_name: people[scene.as][0],
						masked_number: '••• ••• ••• 012',
						level: 'declared',
						check: null,
						home_unit_name: people[scene.as][1],
						roles: [
							{
								role: scene.as,
								unit_id: staff ? 'u-1' : null,
								unit_name: staff ? people[scene.as][1] : null,
							},
						],
					},
		key_kept: scene.kept,
		passphrase_needed: scene.locked,
		set_aside: scene.aside ? 'outbox-aside-1728953520000-0.db' : null,
		earlier_files: scene.earlier,
		sign_in_again: scene.over,
		nav,
		outbox_count: scene.empty ? 0 : 4,
		needs_person_count: scene.empty ? 0 : 1,
		questions_count: scene.empty ? 0 : 1,
		state:
			scene.as === 'nobody'
				? 'guest'
				: locked
					? 'locked'
					: scene.over
						? 'session_over'
						: 'signed_in',
		lock: lock(),
		duty: null,
		new_devices: scene.fresh ? [freshDevice()] : [],
	};
}
