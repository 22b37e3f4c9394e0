import { t, type Key } from './index.svelte';

// Codes that the core throws and people can act on; every other code is "unknown".
const keys: Record<string, Key> = {
	'wrong-credentials': 'error.wrong_credentials',
	'bad-citizen-id': 'error.bad_citizen_id',
	'citizen-id-invalid': 'error.bad_citizen_id',
	'too-many-requests': 'error.too_many',
	'sign-in-required': 'error.sign_in',
	'wrong-passphrase': 'error.passphrase',
	'deployment-unusable': 'error.deployment',
	'key-store-unavailable': 'error.keys',
	'already-open': 'error.already_open',
	offline: 'error.offline',
	internal: 'error.server',
	unavailable: 'error.server',
	'storage-full': 'error.disk_full',
	'storage-unreadable': 'error.storage',
	'storage-failed': 'error.storage',
	'outbox-full': 'error.outbox_full',
	'photo-format-unsupported': 'error.photo_format',
	'photo-too-large': 'error.photo_too_large',
	'photo-damaged': 'error.photo_damaged',
	'too-many-photos': 'error.too_many_photos',
	'already-on-its-way': 'error.on_its_way',
	'has-successors': 'error.has_successors',
	forbidden: 'error.not_yours',
	'not-found': 'error.gone',
	'revision-conflict': 'error.conflict',
	'card-no-code': 'error.card_no_code',
	'card-unreadable': 'error.card_unreadable',
	'code-wrong': 'code.wrong_plain',
	'code-over': 'error.code_over',
	'codes-paused': 'error.codes_paused',
	'already-registered': 'error.already_registered',
	'number-and-phone-differ': 'error.number_and_phone_differ',
	'ask-administrator': 'error.ask_administrator',
	'too-young': 'error.too_young',
	invalid: 'error.invalid',
	locked: 'error.locked',
	'act-not-allowed': 'error.not_now',
	'account-erased': 'erased.title',
	'pin-malformed': 'error.pin_malformed',
	'pin-trivial': 'error.pin_trivial',
	'pin-birth-date': 'error.pin_birth_date',
	'pin-wrong': 'error.pin_wrong',
	'pin-wait': 'error.too_many',
	'pin-sign-in': 'error.pin_sign_in',
};

/** What happened, what is intact and what to do next, for a code of the core. */
export function errorText(code: string): string {
	return t(keys[code] ?? 'error.unknown');
}
