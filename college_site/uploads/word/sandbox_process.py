"""The process that reads one Word document; it is started and confined like that of other files.

It is one of its own so that no picture has to wait until mammoth is loaded.
"""

import sys

from college_site.uploads.sandbox_entry import main
from college_site.uploads.sandbox_process import load_everything
from college_site.uploads.word.conversion import read_word_file

if __name__ == "__main__":
    load_everything()
    main({"word": read_word_file}, *sys.argv[1:])
