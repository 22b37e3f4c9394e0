// One step back, as the phone's own button means it: what lies on top goes first. The page itself is the
// stack, so that no part can forget to register: an open popover, the dialog or sheet on top (which
// may have steps of its own), the screen's own way back, home, and then nothing is left to close.

/** What a screen, dialog or sheet marks its own way back with. */
const WAY_BACK = '[data-back]';
const HOME = '.tabbar a[href="/"]:not([aria-current])';

/** Closes a dialog as the Escape key does; whoever must not be closed says so to `cancel`. */
export function dismiss(dialog: HTMLDialogElement): boolean {
	if (!dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) return false;
	dialog.close();
	return true;
}

/** Takes one step back; false if there is none, and the app may be left. */
export function back(page: ParentNode = document): boolean {
	const popover = [...page.querySelectorAll<HTMLElement>(':popover-open')].at(-1);
	if (popover) {
		popover.hidePopover();
		return true;
	}
	const dialog = [...page.querySelectorAll<HTMLDialogElement>('dialog:modal')].at(-1);
	const way = dialog
		? dialog.querySelector<HTMLElement>(WAY_BACK)
		: (page.querySelector<HTMLElement>(WAY_BACK) ?? page.querySelector<HTMLElement>(HOME));
	if (way) {
		way.click();
		return true;
	}
	return dialog ? dismiss(dialog) : false;
}

/** Escape goes back on a screen too, except where it has a meaning of its own. */
export function escaped(event: KeyboardEvent): void {
	if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
	// Dialogs and popovers hear the key themselves, and a desk has shortcuts.
	if (document.querySelector('dialog:modal, :popover-open, .desk')) return;
	if (back()) event.preventDefault();
}
