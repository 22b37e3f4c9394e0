// What people read about newer versions of the app, in English.
import type { updates as vi } from '../vi/updates';

export const updates: Record<keyof typeof vi, string> = {
	'update.version': 'Version',
	'update.newest': '{version} · in use',
	'update.newer': 'Version {version} is available',
	'update.keeps':
		'Reports, drafts and what is not sent yet are kept. The app opens again by itself.',
	'update.install': 'Update',
	'update.fetching': 'Fetching the new version… {percent}%',
	'update.busy': 'Installing…',
	'update.not_fetched':
		'The new version could not be fetched. This one works as before; try again on a better network.',
	'update.not_installed':
		'The new version is not signed correctly or could not be installed, so it was dropped. This one works as before; tell your administrator.',
};
