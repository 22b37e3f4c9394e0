import { reports } from './en/reports';
import { shared } from './en/shared';
import { workbench } from './en/workbench';

export const en = { ...shared, ...reports, ...workbench };
