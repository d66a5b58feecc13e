export { default as case } from '../../../locale/en/case.json';
export { default as common } from '../../../locale/en/common.json';
export { default as desk } from '../../../locale/en/desk.json';
