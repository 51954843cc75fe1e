import type { ComponentChildren, JSX } from 'preact';

export interface Card<T> {
  readonly value: T;
  readonly title: ComponentChildren;
  readonly text: ComponentChildren;
}

interface CardsProps<T> {
  readonly legend: ComponentChildren;
  readonly name: string;
  readonly cards: readonly Card<T>[];
  /** None of them: nothing is chosen beforehand. */
  readonly value: T | null;
  readonly onPick: (value: T) => void;
  readonly isOneColumn?: boolean;
}

/** One of a few, each with what it means. */
export function Cards<T extends string>(props: CardsProps<T>): JSX.Element {
  const { legend, name, cards, value, onPick, isOneColumn = false } = props;
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class={isOneColumn ? 'cards one' : 'cards'}>
        {cards.map((card) => (
          <label key={card.value}>
            <input type="radio" name={name} checked={card.value === value} onChange={() => onPick(card.value)} />
            <span>{card.title}</span>
            <small>{card.text}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
