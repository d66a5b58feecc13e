export { default as case } from '../../../locale/sv/case.json';
export { default as common } from '../../../locale/sv/common.json';
export { default as desk } from '../../../locale/sv/desk.json';
