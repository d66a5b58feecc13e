export { default as case } from '../../../locale/fi/case.json';
export { default as common } from '../../../locale/fi/common.json';
export { default as desk } from '../../../locale/fi/desk.json';
