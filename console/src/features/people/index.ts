export { FieldsPage } from './FieldsPage';
export { NewPersonPage, PersonPage } from './PersonPage';
export { PeoplePage } from './PeoplePage';
