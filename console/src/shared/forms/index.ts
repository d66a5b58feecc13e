export { check, type Complaint, type Complaints } from './check';
export { Form, type FormContext, type FormTexts, type Hint, type Option } from './context';
export { usePlaced, type PlacedFault } from './faults';
export { initialValue, isObject, type Json, type JsonObject, type JsonSchema, shapeOf } from './schema';
export { ObjectFields } from './SchemaForm';
export { useUnsaved } from './useUnsaved';
export { freeKey, keyFrom } from './keys';
