export { type Chosen, ImportDialog } from './ImportDialog';
export { type Meaning, type Told } from './ImportPreview';
