// What can be felt: that something was sent, that something was wrong. Nothing else, or it means nothing.
import { plugin, type Plugin } from '#lib/bridge/plugins.ts';
import { device } from './abilities.svelte';

const kinds = { sent: 'success', wrong: 'error' } as const;

/** Never waited for, and never a failure. */
export function buzz(
	what: keyof typeof kinds,
	buzzes: boolean = device.can.buzzes,
	use: Plugin = plugin,
): void {
	if (!buzzes) return;
	use('haptics', 'notification_feedback', { type: kinds[what] }).catch(() => undefined);
}
