// How large text is: the system's own size times the setting of this app. Every size of text is in
// rem, so one property on the root carries it.
import { textFactor } from '#lib/bridge/index.ts';
import { settings } from './settings.svelte.ts';

const USUAL_REM = 16;
const OWN = { normal: 1, large: 1.25, xlarge: 1.5 };

let system = $state(1);

/** Asks the shell and wears what it says. Without an answer the text stays at its usual size. */
async function load(): Promise<void> {
	system = await textFactor().catch(() => 1);
	document.documentElement.style.setProperty('--system-text', String(system));
}

export const textSize = {
	/** Pixels of one rem, for heights that are reckoned before anything is drawn. */
	get rem(): number {
		return USUAL_REM * system * OWN[settings.view.text_size];
	},
	load,
	/** Looks again whenever the person comes back, perhaps from the system's settings. */
	follow(): () => void {
		const back = () => {
			if (document.visibilityState === 'visible') void load();
		};
		document.addEventListener('visibilitychange', back);
		window.addEventListener('focus', back);
		return () => {
			document.removeEventListener('visibilitychange', back);
			window.removeEventListener('focus', back);
		};
	},
};
