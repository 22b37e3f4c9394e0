// Roles that an administrator gives, in the order offered.
import type { Role } from '#lib/bridge/index.ts';

export const ROLES: readonly Role[] = [
	'intake',
	'handler',
	'approver',
	'team_member',
	'administrator',
];
