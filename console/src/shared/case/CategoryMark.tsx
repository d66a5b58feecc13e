import { PriorityMark } from '@/shared/components';
import { useLive } from '@/shared/live/store';
import classes from './case.module.css';

/** What somebody calls about: its name, with the bars of its priority. Nothing where nobody said. */
export function CategoryMark({ category }: { category: string | null | undefined }) {
  const known = useLive((state) => (category ? state.categories[category] : undefined));
  if (!category) return null;
  return (
    <span className={classes.category}>
      {known && <PriorityMark priority={known.priority} plain />}
      <span>{known?.name ?? category}</span>
    </span>
  );
}
