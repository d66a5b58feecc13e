export { RolePage } from './RolePage';
export { RolesPage } from './RolesPage';
