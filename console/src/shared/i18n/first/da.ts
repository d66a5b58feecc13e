export { default as case } from '../../../locale/da/case.json';
export { default as common } from '../../../locale/da/common.json';
export { default as desk } from '../../../locale/da/desk.json';
