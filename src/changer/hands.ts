/**
 * What a person can do at a library. Only a virtual library lets a program do
 * it.
 *
 * @module
 */

/** The hands of the person at a virtual library. */
export interface Hands {
  /**
   * Puts a cartridge into an empty port or slot. A bar code that was here
   * before brings that cartridge back, with what is on it.
   *
   * @throws {RangeError} When there is no such element, or it is full.
   */
  insert(elementAddress: number, barCode: string): Promise<void>;
  /** Takes the cartridge out of an element; its bar code, null where there was none. */
  remove(elementAddress: number): Promise<string | null>;
  /**
   * Opens or closes the door.
   *
   * @throws {NtmsError} ERROR_INVALID_STATE while the door is locked.
   */
  setDoor(open: boolean): Promise<void>;
  /**
   * Pulls a drive out of its bay, with the cartridge in it.
   *
   * @throws {RangeError} When there is none.
   */
  removeDrive(elementAddress: number): Promise<void>;
  /**
   * Puts a drive into an empty bay, with what it holds.
   *
   * @param serialNumber Which drive; null for the first that was there.
   * @throws {RangeError} When the bay is full, or there is none, or the drive is in another one.
   */
  insertDrive(
    elementAddress: number,
    serialNumber: string | null,
  ): Promise<void>;
  /**
   * Has a drive raise a TapeAlert flag, 1 to 64; with 20 it is dirty until it
   * has been cleaned.
   *
   * @throws {RangeError} When there is no such drive.
   */
  raiseAlert(elementAddress: number, flag: number): Promise<void>;
}
