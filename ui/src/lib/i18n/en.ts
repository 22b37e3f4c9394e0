import { checks } from './en/checks';
import { identity } from './en/identity';
import { reports } from './en/reports';
import { safety } from './en/safety';
import { shared } from './en/shared';
import { workbench } from './en/workbench';

export const en = { ...shared, ...checks, ...identity, ...reports, ...safety, ...workbench };
