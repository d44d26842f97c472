import { Box } from '@mantine/core';
import { words } from '../../words/words.ts';
import './packet.css';

const around = 5;

interface SourceLinesProps {
  readonly filter: string;
  readonly text: string;
  /** The line that is looked at, from 1. */
  readonly line: number;
}

/** The lines of a filter around the one that is looked at. */
export function SourceLines({ filter, text, line }: SourceLinesProps) {
  const lines = text.split('\n');
  const first = Math.max(1, Math.min(line - around, lines.length - 2 * around));
  const shown = lines.slice(first - 1, first + 2 * around);
  return (
    <Box component="figure" m={0}>
      <figcaption className="source-name">{words.packet.walk.source(filter)}</figcaption>
      <Box component="pre" className="source-lines" tabIndex={0} aria-label={words.packet.walk.source(filter)}>
        {shown.map((each, at) => {
          const number = first + at;
          const isHere = number === line;
          return (
            <div
              key={number}
              className="source-line"
              data-here={isHere || undefined}
              aria-current={isHere || undefined}
            >
              <span className="source-number">{number}</span>
              {each}
            </div>
          );
        })}
      </Box>
    </Box>
  );
}
