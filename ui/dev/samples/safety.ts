// Sample answers for the account's phone, a representative, and an outbox set aside.
import type { ContactView, SetAsideView } from '#lib/bridge/views.ts';
import { DAY, network, NOW, scene } from './base.ts';

export const contact = (): ContactView => ({
	now: NOW,
	network: network(),
	phone_hint: '••• ••• 001',
	child_until: scene.child === 'no' ? null : '2025-05-17',
	declared_hint: scene.child === 'no' ? null : '••• ••• 099',
	representative:
		scene.child === 'agreed'
			? { phone_hint: '••• ••• 099', confirmed_at: NOW - 3 * DAY, wording: '2026-11' }
			: null,
	as_of: null,
});

export const aside = (): SetAsideView[] =>
	scene.aside ? [{ name: 'outbox-aside-1728953520000-0.db', at: NOW - DAY, bytes: 1_480_000 }] : [];
