// The board.
export {};
