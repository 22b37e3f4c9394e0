// Sample answers for levels of identity.
import type { CardCheckView, CheckView, VerifyView } from '#lib/bridge/views.ts';
import { network, NOW, scene } from './base.ts';

const check: CheckView = {
	way: 'card',
	at: NOW,
	unit_name: { vi: 'UBND xã Tân Dương', en: 'People’s Committee of Tân Dương Commune' },
};

export const verify = (): VerifyView => ({
	now: NOW,
	network: network(),
	check: scene.checked ? check : null,
	national: { vi: 'VNeID (mẫu)', en: 'VNeID (sample)' },
});

/** The number's last digit chooses the outcome. */
export function cardCheck(number: string): CardCheckView {
	const last = number.trim().at(-1);
	if (last === '8') return { outcome: 'no_account', check: null };
	if (last === '9') return { outcome: 'name_differs', check: null };
	if (last === '7') return { outcome: 'already_checked', check };
	return { outcome: 'confirmed', check };
}
