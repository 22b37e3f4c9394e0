// How this device wants to be read: language, text size, colours. The core keeps it.
import { settingsGet, settingsSet, type SettingsView } from '#lib/bridge/index.ts';
import { chooseLanguage } from '#lib/i18n/index.svelte.ts';

let view = $state.raw<SettingsView>({
	language: 'vi',
	text_size: 'normal',
	theme: 'system',
	shortcuts: true,
	notices: null,
});

let last: Promise<unknown> = Promise.resolve();

const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

function show(next: SettingsView): void {
	view = next;
	chooseLanguage(next.language);
	const root = document.documentElement;
	root.lang = next.language;
	root.dataset.text = next.text_size;
	const wanted = next.theme === 'system' ? (dark().matches ? 'dark' : 'light') : next.theme;
	root.dataset.theme = wanted;
}

export const settings = {
	get view(): SettingsView {
		return view;
	},
	async load(): Promise<void> {
		show(await settingsGet());
	},
	/** One after another: the core takes all settings at once, and a quick second change must not undo the first. */
	change(patch: Partial<SettingsView>): Promise<void> {
		const mine = last.then(async () => show(await settingsSet({ ...view, ...patch })));
		last = mine.catch(() => undefined);
		return mine;
	},
	/** Follows the device's own change between light and dark. */
	follow(): () => void {
		const media = dark();
		const changed = () => show(view);
		media.addEventListener('change', changed);
		return () => media.removeEventListener('change', changed);
	},
};
