export { default as case } from '../../../locale/nb/case.json';
export { default as common } from '../../../locale/nb/common.json';
export { default as desk } from '../../../locale/nb/desk.json';
