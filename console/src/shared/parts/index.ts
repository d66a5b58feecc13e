export {
  keep,
  listQuery,
  type OfList,
  organisationQuery,
  readNow,
  remove,
  schemaQuery,
  useOptions,
  useParts,
  useSchema,
} from './parts';
export { useKeepOver } from './useKeepOver';
