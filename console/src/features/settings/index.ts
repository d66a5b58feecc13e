export { FilePage } from './FilePage';
export { ListPage } from './ListPage';
export { OrganisationPage, PartPage } from './PartPage';
export { RevisionsPage } from './RevisionsPage';
export { SettingsLayout } from './SettingsLayout';
export { SettingsPage } from './SettingsPage';
